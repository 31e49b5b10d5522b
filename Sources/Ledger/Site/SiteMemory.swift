/// What a site remembers beside its resellers' customers: who signs in, and what was uploaded.
///
/// Each call is a transaction of its own. All throw `LedgerError`. Times are seconds since 1970
/// where they are compared, else ISO 8601.
package protocol SiteMemory: RecordMemory {
    /// - Returns: nil when somebody has the address.
    func add(_ account: Account, by stamp: Stamp) throws -> Account?
    func account(ofEmail email: String) throws -> Account?
    /// - Parameter reseller: nil: of all.
    func accounts(of reseller: String?) throws -> [Account]
    /// Lets somebody in no more, or again; their sessions and tokens end.
    func setDisabled(_ isDisabled: Bool, _ account: Account, by stamp: Stamp) throws

    /// Makes a link that is good for one use.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of what stands in the link.
    ///   - account: who chooses a password with it; nil: whoever makes the first account.
    ///   - stamp: who hands it out.
    func makeLink(
        _ digest: [UInt8], for account: Account?, until time: Int, by stamp: Stamp
    ) throws
    /// - Returns: nil for a link that is used, too old, or none; else whose it is.
    func link(_ digest: [UInt8], at time: Int) throws -> SiteLink?
    /// Uses a link: somebody's password is set, and their sessions and tokens end. A first account
    /// is made.
    ///
    /// - Returns: nil for a link that was used meanwhile.
    func use(
        _ digest: [UInt8], at time: Int, _ account: Account, password: String, by stamp: Stamp
    ) throws -> Account?

    /// Keeps the same password in another form, unless it was changed meanwhile. Nobody is signed
    /// out by it.
    func keep(_ password: String, asPasswordOf account: Account) throws

    func begin(_ digest: [UInt8], of account: Account, at time: Int) throws
    func session(_ digest: [UInt8]) throws -> Session?
    func touch(_ digest: [UInt8], at time: Int) throws
    func end(_ digest: [UInt8]) throws

    func add(_ upload: SiteUpload) throws
    func upload(_ id: String, of reseller: String) throws -> SiteUpload?
    /// The newest first.
    ///
    /// - Parameters:
    ///   - portal: nil: of all.
    ///   - last: only those that came before it; nil: the newest, too.
    ///   - count: of the newest among them, those that are left out.
    func uploads(
        of reseller: String, portal: String?, before last: String?, skipping count: Int,
        countMax: Int
    ) throws -> [SiteUpload]
    /// Those that are checked, or accepted in part, and still want something of somebody; the
    /// newest first.
    ///
    /// - Parameter count: of the newest among them, those that are left out.
    func openUploads(
        of reseller: String, skipping count: Int, countMax: Int
    ) throws -> [SiteUpload]
    /// Of all there are, of whomever.
    func uploadIDs() throws -> Set<String>
    /// Those that somebody must go on with, the oldest first.
    func unfinishedUploads() throws -> [SiteUpload]
    /// Changes an upload, as its check goes on, unless its state is another by now.
    ///
    /// - Returns: whether it was changed.
    func update(_ upload: SiteUpload, from state: SiteUpload.State) throws -> Bool
    /// The same, and from then on nothing waits any more of what it is a newer try of.
    ///
    /// - Parameter attempt: the accepted try that it was found to follow; nil for none.
    func update(
        _ upload: SiteUpload, from state: SiteUpload.State, replacing attempt: UploadID?
    ) throws -> Bool
    /// Those before a moment, in ISO 8601, that nobody is at.
    func restingUploads(before time: String) throws -> [SiteUpload]
    /// Knows nothing of an upload any more, unless somebody is at it. What it brought stays.
    ///
    /// - Returns: whether it is gone.
    func remove(_ upload: SiteUpload) throws -> Bool
    /// The accepted attempt whose outcome is in a folder; nil for none.
    func attempt(inFolder folder: String, of reseller: String) throws -> UploadID?

    /// Lets a program in, in somebody's name.
    ///
    /// - Parameter digest: SHA-256 of what it says.
    func addToken(
        named name: String, _ digest: [UInt8], of account: Account, at time: Int, by stamp: Stamp
    ) throws
    /// The newest first, revoked ones among them.
    func tokens(of account: Int64) throws -> [AccessToken]
    /// Whose token it is; nil for one that lets nobody in.
    func account(ofToken digest: [UInt8]) throws -> (token: AccessToken, account: Account)?
    /// Remembers when a token was used last.
    func touchToken(_ id: Int64, at time: Int) throws
    /// Lets a program in no more.
    ///
    /// - Returns: whether the account has such a token, and it did until now.
    func revokeToken(_ id: Int64, of account: Account, by stamp: Stamp) throws -> Bool

    /// What the administrator of the site said of limits; those that nobody spoke of are not among
    /// it.
    ///
    /// - Parameter reseller: nil: what they said for all.
    func limits(of reseller: String?) throws -> [UploadLimit: Int]
    /// Those for whom something was said, by name.
    func resellersWithLimits() throws -> [String]
    /// Puts limits in the place of what was said before. The history of whom they are for has that,
    /// and of who said so; where nothing is changed, neither.
    ///
    /// - Parameters:
    ///   - reseller: nil: for all.
    ///   - own: the reseller of who says so.
    func setLimits(
        _ limits: [UploadLimit: Int], of reseller: String?, by stamp: Stamp, of own: String
    ) throws

    /// What came of the same request before, or of another with its key; nil for one that is new.
    func outcome(of request: KeyedRequest) throws -> UploadChangeOutcome?
    /// Adds or changes an upload, as somebody wants it, and remembers in the same moment what is
    /// answered, unless the same was asked for before.
    ///
    /// - Parameter request: nil: without a key, it is done as often as it is asked for.
    func change(
        _ change: UploadChange, asked request: KeyedRequest?
    ) throws -> UploadChangeOutcome

    /// How many steps of a batch a portal refused.
    ///
    /// - Throws: `LedgerError` with `unknown`.
    func refusedCount(ofBatch id: UploadID, of reseller: String) throws -> Int

    /// Accepted tries of uploads with steps that nobody has seen to, or that somebody is at; the
    /// newest first, their operations counted.
    ///
    /// - Parameter count: of the newest among them, those that are left out.
    func openBatches(
        of reseller: String, skipping count: Int, countMax: Int
    ) throws -> [AttemptEntry]
    /// Accepted tries of uploads, the newest first.
    ///
    /// - Parameters:
    ///   - portal: nil: of all.
    ///   - last: only those that were accepted before it; nil: the newest, too.
    func batches(
        of reseller: String, portal: String?, before last: UploadID?, countMax: Int
    ) throws -> [AttemptEntry]
    /// Some operations of a try, in the order of the batch.
    ///
    /// - Parameters:
    ///   - state: nil: in any.
    ///   - sequence: only those behind it.
    /// - Throws: `LedgerError` with `unknown`.
    func operations(
        of id: UploadID, of reseller: String, in state: OperationState?, after sequence: Int,
        countMax: Int
    ) throws -> [OperationEntry]
}

extension SiteMemory {
    /// The newest first.
    ///
    /// - Parameter portal: nil: of all.
    package func uploads(
        of reseller: String, portal: String?, before last: String? = nil, countMax: Int
    ) throws -> [SiteUpload] {
        try uploads(
            of: reseller, portal: portal, before: last, skipping: 0, countMax: countMax)
    }
}

/// A link that is good for one use.
package struct SiteLink: Sendable, Equatable {
    /// Nil: makes the first account.
    package let account: Account?
}
