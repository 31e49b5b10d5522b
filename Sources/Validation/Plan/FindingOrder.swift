import Catalogue

/// The order of findings in every report: the file, then by sheet, row, column, code.
struct FindingOrder {
    let store: RowStore

    private struct Key: Comparable {
        var sheet: Int
        var row: Int
        var column: Int
        var code: String

        static func < (left: Key, right: Key) -> Bool {
            if left.sheet != right.sheet { return left.sheet < right.sheet }
            if left.row != right.row { return left.row < right.row }
            if left.column != right.column { return left.column < right.column }
            return left.code < right.code
        }
    }

    /// - Complexity: O(n log n).
    func sort(_ findings: inout [Finding]) {
        let keyed = findings.map { (key: key(of: $0), finding: $0) }
        findings = keyed.sorted { $0.key < $1.key }.map(\.finding)
    }

    private func key(of finding: Finding) -> Key {
        let place = finding.place
        guard let sheet = place.sheet else {
            return Key(sheet: -1, row: -1, column: -1, code: finding.code.rawValue)
        }
        let sheetStore = store.sheets[sheet]
        let column = place.field.map { field in
            sheetStore.column(ofField: field).map { sheetStore.columns[$0].columnIndex }
                ?? Int.max / 2 + field
        }
        return Key(
            sheet: sheet, row: place.row.map { sheetStore.originalRowNumber($0) } ?? -1,
            column: column ?? -1, code: finding.code.rawValue)
    }
}
