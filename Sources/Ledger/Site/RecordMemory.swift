package import Portals
package import Validation

/// What is known of a reseller's customers, to look at: a page at a time, or one of them.
///
/// Each call is one consistent state. All throw `LedgerError`.
package protocol RecordMemory: Sendable {
    /// How many records of each sheet there are, by the sheet's id.
    func recordCounts(in scope: LedgerScope) throws -> [String: Int]
    func records(
        _ query: RecordQuery, of definition: Definition, in scope: LedgerScope
    ) throws -> RecordPage
    /// - Parameter id: what exports call it by.
    /// - Returns: nil for one that was deleted or taken back, or that is somebody else's.
    func record(
        _ id: String, ofSheet sheet: SheetDefinition, of definition: Definition,
        in scope: LedgerScope
    ) throws -> RecordEntry?
    /// The first record that the rows of an upload made of a sheet.
    ///
    /// - Returns: nil where they made none, or it is not there any more.
    func record(
        madeBy upload: UploadID, ofSheet sheet: SheetDefinition, of definition: Definition,
        in scope: LedgerScope
    ) throws -> RecordEntry?
    /// What made a record and changed it, the newest first.
    func history(
        ofRecord id: String, _ sheet: SheetDefinition, in scope: LedgerScope, countMax: Int
    ) throws -> [RecordEvent]
    /// Those that refer to a record, in the order in which they came.
    func children(
        ofRecord id: String, _ family: RecordFamily, of definition: Definition,
        in scope: LedgerScope, countMax: Int
    ) throws -> [RecordEntry]
    /// The steps of a sheet whose rows make no records, the newest upload first.
    func steps(
        ofSheet sheet: String, in scope: LedgerScope, first: Int, countMax: Int
    ) throws -> [RecordStep]
    /// Another number after each change of what is known.
    func revision(in scope: LedgerScope) throws -> Int
    /// Hands out the known records of a sheet that stand within some span, in the order in which
    /// they came; all of the sheet where there are no spans, or they are kept under something else
    /// since the Definition changed.
    ///
    /// - Parameters:
    ///   - spans: of fields that records are kept under.
    ///   - body: is handed what exports call it by, its values, and when it came, in ISO 8601;
    ///     empty for one that was known before Rowgate.
    /// - Complexity: O(records found).
    func forEachRecord(
        ofSheet sheet: SheetDefinition, within spans: [DaySpan]?, of indexes: RecordIndexes,
        in scope: LedgerScope,
        _ body: (_ id: String, _ values: [String?], _ time: String) -> Void
    ) throws
    /// Invitations that nobody answered since a moment, in ISO 8601, the newest batch first.
    ///
    /// - Parameter batchCountMax: the newest batches that are looked at.
    func unanswered(
        _ invitations: [Invitation], in scope: LedgerScope, since time: String, batchCountMax: Int
    ) throws -> [UnansweredInvitations]
}

/// Invitations of a batch that wait for an answer.
package struct UnansweredInvitations: Sendable, Equatable {
    package let batch: UploadID
    package let count: Int
}
