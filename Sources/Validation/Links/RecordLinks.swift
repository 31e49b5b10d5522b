import Portals

/// What refers to what: for every row and known record its targets, and for every row the known
/// record that it is about.
package struct RecordLinks: Sendable {
    /// By sheet of the store, then by field; nil for fields that refer to nothing.
    var ofRows: [[LinkColumn?]] = []
    /// By sheet of the Definition, then by field.
    var ofRecords: [[LinkColumn?]] = []
    /// By sheet of the store, the position of each row's known record; empty when none is known.
    var recordsOfRows: [[UInt32]] = []
    /// By sheet of the Definition, the row about each known record, as a link.
    var rowsOfRecords: [LinkColumn] = []
    /// The known records, by sheet of the Definition.
    var records: [[KnownRecord]] = []

    static let noRecord = UInt32.max

    /// What a field of a row refers to; nil for nothing that is there.
    ///
    /// - Parameter sheet: position in the store.
    package func target(sheet: Int, row: Int, field: Int) -> LinkTarget? {
        guard sheet < ofRows.count, field < ofRows[sheet].count else { return nil }
        return ofRows[sheet][field]?[row]
    }

    /// What a field of a known record refers to.
    ///
    /// - Parameter sheet: index in the Definition.
    func target(ofRecord record: Int, sheet: Int, field: Int) -> LinkTarget? {
        guard sheet < ofRecords.count, field < ofRecords[sheet].count else { return nil }
        return ofRecords[sheet][field]?[record]
    }

    /// The known records of a sheet by what one of their fields refers to, but for those that a row
    /// is about.
    ///
    /// - Parameter sheet: index in the Definition.
    package func recordsLeftAlone(ofSheet sheet: Int, by field: Int) -> [LinkTarget: [KnownRecord]]
    {
        guard sheet < records.count else { return [:] }
        var byParent: [LinkTarget: [KnownRecord]] = [:]
        for (position, record) in records[sheet].enumerated()
        where row(ofRecord: position, sheet: sheet) == nil {
            guard let parent = target(ofRecord: position, sheet: sheet, field: field) else {
                continue
            }
            byParent[parent, default: []].append(record)
        }
        return byParent
    }

    /// What a field of a target refers to in turn.
    func target(of target: LinkTarget, field: Int) -> LinkTarget? {
        target.isKnown
            ? self.target(ofRecord: target.index, sheet: target.sheet, field: field)
            : self.target(sheet: target.sheet, row: target.index, field: field)
    }

    /// The known record that a row is about; nil for a new one.
    package func record(sheet: Int, row: Int) -> KnownRecord? {
        recordIndex(sheet: sheet, row: row).map { records[$0.sheet][$0.index] }
    }

    /// - Returns: index of the sheet in the Definition, and position among its known records.
    func recordIndex(sheet: Int, row: Int) -> (sheet: Int, index: Int)? {
        guard sheet < recordsOfRows.count, row < recordsOfRows[sheet].count,
            recordsOfRows[sheet][row] != Self.noRecord
        else { return nil }
        return (definitionIndexes[sheet], Int(recordsOfRows[sheet][row]))
    }

    /// The row of the workbook that is about a known record.
    func row(ofRecord record: Int, sheet: Int) -> LinkTarget? {
        sheet < rowsOfRecords.count ? rowsOfRecords[sheet][record] : nil
    }

    /// By sheet of the store, its index in the Definition.
    var definitionIndexes: [Int] = []
}
