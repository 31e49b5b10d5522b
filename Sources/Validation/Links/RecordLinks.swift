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
    /// Rows that are about the same record, two or more each; the first one stands for all.
    private(set) var groups: [[LinkTarget]] = []
    /// The group of each row that is in one.
    private var groupsOfRows: [LinkTarget: Int] = [:]
    /// What a row may mean where a name may mean several; the first one is what it refers to.
    var several: [Place: [LinkTarget]] = [:]
    /// Rows that don't happen, by sheet of the store; empty while all of them do.
    private var rowsOut: [RowSet] = []

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
    /// - Parameters:
    ///   - sheet: index in the Definition.
    ///   - isMeant: which of them; asked with what tells to what their fields refer.
    package func recordsLeftAlone(
        ofSheet sheet: Int, by field: Int,
        where isMeant: ((Int) -> LinkTarget?) -> Bool = { _ in true }
    ) -> [LinkTarget: [KnownRecord]] {
        guard sheet < records.count else { return [:] }
        var byParent: [LinkTarget: [KnownRecord]] = [:]
        for (position, record) in records[sheet].enumerated()
        where row(ofRecord: position, sheet: sheet) == nil {
            guard let parent = target(ofRecord: position, sheet: sheet, field: field) else {
                continue
            }
            if !isMeant({ target(ofRecord: position, sheet: sheet, field: $0) }) { continue }
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

// Rows that share a record, and rows that do not happen.
extension RecordLinks {
    /// All rows about the record of a row, but for itself.
    func fellows(of target: LinkTarget) -> [LinkTarget] {
        guard !groups.isEmpty, let group = groupsOfRows[target] else { return [] }
        return groups[group].filter { $0 != target }
    }

    /// Whether a row happens and stands for its record, by itself or for others.
    func isStanding(_ row: LinkTarget) -> Bool {
        if !rowsOut.isEmpty && rowsOut[row.sheet].contains(row.index) { return false }
        guard !groups.isEmpty, let group = groupsOfRows[row] else { return true }
        return groups[group].first == row
    }

    /// Lets the first row of each group stand for its record: what refers to any of them refers to
    /// it.
    mutating func gather(_ groups: [[LinkTarget]]) {
        if groups.isEmpty { return }
        setGroups(groups)
        let groupsOfRows = groupsOfRows
        redirect { target in
            groupsOfRows[target].flatMap { groups[$0].first } ?? target
        }
    }

    /// The same where some rows don't happen: what refers to one of them refers to another row
    /// about the same record, else to the record as it is known, else to nothing.
    ///
    /// - Parameter out: by sheet of the store.
    func without(_ out: [RowSet]) -> RecordLinks {
        var links = self
        links.rowsOut = out
        let isOut = { (row: LinkTarget) in out[row.sheet].contains(row.index) }
        let left = groups.map { $0.filter { !isOut($0) } }
        links.setGroups(left.filter { $0.count > 1 })
        guard isAnyKnown(among: out) || !groups.isEmpty else { return links }
        let records = self
        links.redirect { target in
            if target.isKnown || !isOut(target) { return target }
            if let group = records.groupsOfRows[target], let other = left[group].first {
                return other
            }
            return records.recordIndex(sheet: target.sheet, row: target.index)
                .map { .record($0.index, sheet: $0.sheet) }
        }
        return links
    }

    /// Whether one of some rows is about a record that is known.
    ///
    /// - Parameter rows: by sheet of the store.
    func isAnyKnown(among rows: [RowSet]) -> Bool {
        recordsOfRows.indices.contains { sheet in
            !recordsOfRows[sheet].isEmpty
                && rows[sheet].contains { recordsOfRows[sheet][$0] != Self.noRecord }
        }
    }

    private mutating func setGroups(_ groups: [[LinkTarget]]) {
        self.groups = groups
        groupsOfRows = [:]
        for (position, group) in groups.enumerated() {
            for row in group { groupsOfRows[row] = position }
        }
    }

    private mutating func redirect(_ other: (LinkTarget) -> LinkTarget?) {
        for sheet in ofRows.indices {
            for field in ofRows[sheet].indices { ofRows[sheet][field]?.redirect(other) }
        }
        for sheet in ofRecords.indices {
            for field in ofRecords[sheet].indices { ofRecords[sheet][field]?.redirect(other) }
        }
        for sheet in rowsOfRecords.indices {
            rowsOfRecords[sheet].redirect { other($0).flatMap { $0.isKnown ? nil : $0 } }
        }
    }
}
