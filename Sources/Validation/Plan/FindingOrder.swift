import Catalogue

/// The order of findings in every report: the file, then by sheet, row, column, code.
///
/// Rows count as in the first upload, so that a re-upload tells its findings in the same order.
struct FindingOrder {
    let store: RowStore

    /// A place in the order as one number, and the finding it is of: sorting moves 16 bytes.
    private struct Key: Comparable {
        /// From the top: 8 bits sheet, 32 row, 15 column, 9 code; 0 stands for none.
        var order: UInt64
        var index: UInt32

        static func < (left: Key, right: Key) -> Bool {
            (left.order, left.index) < (right.order, right.index)
        }
    }

    /// - Complexity: O(n log n).
    func sort(_ findings: inout [Finding]) {
        let keys = findings.indices.map { index in
            Key(order: order(of: findings[index]), index: UInt32(truncatingIfNeeded: index))
        }
        findings = keys.sorted().map { findings[Int($0.index)] }
    }

    private func order(of finding: Finding) -> UInt64 {
        let code = UInt64(Self.ranks[finding.code] ?? 0)
        guard let sheet = finding.place.sheet else { return code }
        let row = finding.place.row.map { store.sheets[sheet].originalRowNumber($0) } ?? 0
        let column =
            finding.place.field.map { self.column(ofField: $0, sheet) + 1 }
            ?? (finding.code.isAboutAction ? actionColumn(sheet) + 1 : 0)
        return UInt64(sheet + 1) << 56 | UInt64(row) << 24 | UInt64(column) << 9 | code
    }

    /// Fields without a column come after all columns, of which a sheet has 16,384.
    private func column(ofField field: Int, _ sheet: Int) -> Int {
        let sheetStore = store.sheets[sheet]
        guard let column = sheetStore.column(ofField: field) else { return (1 << 14) + field }
        return sheetStore.columns[column].columnIndex
    }

    private func actionColumn(_ sheet: Int) -> Int {
        let sheetStore = store.sheets[sheet]
        return sheetStore.actionColumn.map { sheetStore.columns[$0].columnIndex } ?? 0
    }

    /// The codes by their text.
    private static let ranks: [Code: Int] = Dictionary(
        uniqueKeysWithValues: Code.allCases.sorted { $0.rawValue < $1.rawValue }.enumerated()
            .map { ($1, $0) })
}
