/// What somebody agreed to when they approved an upload.
struct UploadApproval: Codable, Sendable {
    /// Of the report that they saw.
    let digest: String
    /// Paid packages, typed as a number.
    let chargeCount: Int
    /// Whether it goes on without the list of names that the portal has.
    let isWithoutList: Bool
    let note: String
    let actor: String
}
