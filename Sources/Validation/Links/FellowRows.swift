import Portals

/// Rows that are about the same record: one may change a contact, another have a new password sent.
///
/// Of rows that ask for the same the first one counts: two of them are one too many anyway. So
/// groups are small, whatever a workbook holds.
struct FellowRows {
    /// Two rows or more each. What decides how the record will be comes first, and among equals
    /// what stands further up.
    private(set) var groups: [[LinkTarget]] = []

    init(_ judging: Judging) {
        for sheet in judging.store.sheets.indices {
            let actions = judging.actions[sheet]
            guard actions.contains(where: { $0 != actions[0] }) else { continue }
            groups += Self.rows(ofSheet: sheet, judging).map { rows in
                let deciding = rows.filter { actions[$0].decidesState }
                let others = rows.filter { !actions[$0].decidesState }
                return (deciding + others).map { .row($0, sheet: sheet) }
            }
        }
    }

    /// Rows with the same known record or, where there is none, the same key, one for each action.
    private static func rows(ofSheet sheet: Int, _ judging: Judging) -> [[Int]] {
        let definition = judging.definition(ofSheet: sheet)
        let reader = KeyReader(
            judging.store, sheet: sheet, fields: definition.keyFields, definition)
        var keys = KeyTable()
        var key: [UInt8] = []
        // The first row of each key and each record, and the rows that follow it.
        var firstOfKey: [Int] = []
        var firstOfRecord: [Int: Int] = [:]
        var rows: [Int: [Int]] = [:]
        for row in judging.store.sheets[sheet].judgedRows where reader.isFilled(row) {
            reader.key(row, into: &key)
            let (position, isNew) = keys.add(key)
            if isNew { firstOfKey.append(row) }
            var first = firstOfKey[position]
            if let record = judging.links.recordIndex(sheet: sheet, row: row)?.index {
                first = firstOfRecord[record] ?? row
                firstOfRecord[record] = first
            }
            let actions = judging.actions[sheet]
            if rows[first, default: [first]].allSatisfy({ actions[$0] != actions[row] }) {
                rows[first, default: [first]].append(row)
            }
        }
        return rows.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Action {
    /// Whether it decides how a record will be. What is left does something with it as it is.
    fileprivate var decidesState: Bool { self != .invite && self != .resetPassword }

    /// Whether what its row says becomes what is known.
    var givesValues: Bool {
        switch self {
        case .create, .update, .link, .givePersonalRoom: true
        case .delete, .invite, .resetPassword, .unlink, .accept, .decline: false
        }
    }
}
