package import Portals
package import Validation

/// What is remembered of every workbook: who the customers are, what was asked of portals for them,
/// and what portals said.
///
/// Every call is about one reseller, and most about one portal of theirs; nothing of another can be
/// reached through it. Each is a transaction of its own: what was accepted stands on the disk when
/// it returns. All throw `LedgerError`.
package protocol Ledger: Sendable {
    /// Answers what judging a workbook asks, from one consistent state.
    func answer(_ question: LedgerQuestion, in scope: LedgerScope) throws -> LedgerAnswer

    /// Steps for some records of which nobody has said that they are done, or that they are not.
    ///
    /// - Parameter ids: what exports call the records by.
    func pendingSteps(of ids: [String], in scope: LedgerScope) throws -> PendingSteps

    /// Says that the files of an outcome are about to be written, so that they are found again
    /// should all end there.
    func begin(_ outcome: PendingOutcome) throws
    /// Accepts the rows that an attempt took, with their operations.
    ///
    /// - Returns: nil when something that the verdict rests on was changed meanwhile: then nothing
    ///   is accepted.
    /// - Throws: `LedgerError` with `withdrawn` when somebody took the outcome for left behind.
    func accept(
        _ attempt: Attempt, _ plan: ValidationPlan, in scope: LedgerScope, by stamp: Stamp
    ) throws -> UploadID?
    /// Where the files of an attempt are kept.
    ///
    /// - Parameter name: the outcome's.
    func keptFiles(named name: String) -> KeptFiles
    /// Outcomes that were begun and not settled, accepted or not.
    func pendingOutcomes() throws -> [PendingOutcome]
    /// Sees to it that an outcome that was not accepted never will be, whatever a disk that failed
    /// comes up with later.
    ///
    /// - Returns: false for one that was accepted.
    func withdraw(_ outcome: PendingOutcome) throws -> Bool
    /// Removes files that were kept for an attempt of which nothing is known.
    func removeOrphans() throws
    /// Says that the files of an outcome are where they belong, or gone.
    func settle(_ outcome: PendingOutcome) throws

    /// Takes customers that exist already, with nothing to do for them.
    ///
    /// - Parameter approved: the mark of what somebody agreed to; nil: nobody was asked.
    /// - Returns: nil where it would come to something else by now; nothing is taken then.
    func adopt(
        _ records: KnownRecords, from name: String, _ plan: ValidationPlan, in scope: LedgerScope,
        by stamp: Stamp, approved: String?
    ) throws -> Adoption?
    /// What adopting them would come to; nothing is taken.
    func adoption(
        of records: KnownRecords, from name: String, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp
    ) throws -> Adoption
    /// All records that are known, each sheet's in the order in which they came; nil while nothing
    /// was adopted or accepted.
    func records(_ plan: ValidationPlan, in scope: LedgerScope) throws -> KnownRecords?

    /// The tries of a reseller's uploads, the newest first.
    func history(of reseller: String, countMax: Int) throws -> [AttemptEntry]
    /// - Throws: `LedgerError` with `unknown`.
    func attempt(_ id: UploadID, of reseller: String) throws -> AttemptEntry
    /// In the order of the batch.
    func operations(of id: UploadID, of reseller: String) throws -> [OperationEntry]
    /// Says what became of operations. Those of rows that a portal refused take back what the rows
    /// did here; once a refusal is taken back, it is done again.
    ///
    /// - Parameter verdicts: by the sequence number of an operation.
    /// - Returns: those that moved.
    /// - Throws: `SupersededRow`, with nothing moved, where something else has taken the place of a
    ///   row that was given back.
    func move(
        _ verdicts: [Int: OperationVerdict], of id: UploadID, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp
    ) throws -> [OperationEntry]
    /// What would go along with operations that a portal refuses; nothing is moved.
    func refusal(
        of sequences: Set<Int>, in id: UploadID, _ plan: ValidationPlan, in scope: LedgerScope
    ) throws -> RefusalPlan
    /// Rows of an attempt that are a part of others, by those: what they asked for is asked for by
    /// those.
    ///
    /// - Parameter rows: what is done once is a row of no sheet, by the number of its step.
    /// - Throws: `LedgerError` with `unreadable` where its files are gone.
    func parts(
        of rows: [(sheet: String, number: Int)], in id: UploadID, of reseller: String
    ) throws -> [(sheet: String, number: Int, whole: (sheet: String, number: Int))]
    /// Remembers that somebody took an upload back.
    ///
    /// - Parameter byHand: what no step takes back.
    func add(
        _ undoing: Undoing, byHand: [RecordChange], _ definition: Definition, in scope: LedgerScope
    ) throws
    /// Says of records whether somebody has taken back by hand what no step takes back.
    ///
    /// - Parameters:
    ///   - records: as exports call them; what is no remainder is passed over.
    ///   - id: the upload that was taken back, or the one whose steps take it back.
    /// - Returns: how many changed.
    func settle(
        byHand records: [String], isDone: Bool, of id: UploadID, of reseller: String,
        by stamp: Stamp
    ) throws -> Int
    /// What was taken back of an upload, and what its own steps take back, the oldest first.
    func undoings(of id: UploadID, of reseller: String) throws -> [Undoing]
    /// What an attempt did to records, for taking it back.
    func changes(by id: UploadID, _ plan: ValidationPlan, in scope: LedgerScope) throws
        -> [RecordChange]

    /// The customers for whom an attempt orders something by what is done once, and who are not
    /// there after all: refused or taken back, whatever upload made them.
    ///
    /// - Returns: the sheet of each one's row, and what it says by the ids of fields.
    func customersGone(of id: UploadID, of reseller: String) throws
        -> [(sheet: String, values: [String: String])]

    /// Puts a list in the place of an earlier one.
    func load(_ list: RememberedList, in scope: LedgerScope, by stamp: Stamp) throws
    /// The newest lists of a portal.
    func lists(in scope: LedgerScope) throws -> [RememberedList]

    /// Puts a portal's settings in the place of earlier ones.
    func load(_ settings: RememberedSettings, of reseller: String) throws
    /// Those of all portals.
    func settings(of reseller: String) throws -> [RememberedSettings]

    /// Where a value stands: an address, a name; letters' case does not count.
    func places(of value: String, of reseller: String) throws -> [ValuePlace]
    /// Removes a value from records and steps, and with it the kept files that hold it. Outcomes
    /// are people's own: they are only told.
    func forget(_ value: String, of reseller: String, by stamp: Stamp) throws -> [ValuePlace]
    /// Removes the kept files of uploads before a moment, in ISO 8601.
    ///
    /// - Parameter scope: whose; nil: everybody's.
    /// - Returns: how many.
    func expireFiles(before time: String, in scope: LedgerScope?) throws -> Int

    /// What was done, the oldest first.
    func audit(of reseller: String) throws -> [AuditEntry]
}

extension Ledger {
    package func keptFiles(of attempt: AttemptEntry) -> KeptFiles { keptFiles(named: attempt.name) }
}
