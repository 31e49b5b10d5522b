package import Portals

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
}
