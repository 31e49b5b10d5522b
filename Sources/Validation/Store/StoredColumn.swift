import Spreadsheet

/// One column of a `SheetStore`: parallel arrays with a member a row.
package struct StoredColumn: Sendable {
    /// What the column is for.
    package enum Role: Sendable, Equatable {
        /// A field of the Definition, by its index.
        case field(Int)
        /// The column that says what a row asks for.
        case action
        /// The hidden column that says which known record a row is.
        case id
        /// A column the reseller added: it is kept and comes back, never judged.
        case extra
    }

    package let role: Role
    /// The header's text as it came.
    package let title: String
    /// The column in the workbook, from 0.
    package let columnIndex: Int

    /// `CellKind` in the lower four bits, then whether it is a formula's value, then merged. Empty
    /// while all cells are blank or texts somebody typed, as in most columns.
    private var kinds: [UInt8] = []
    /// Of a blank cell `noText`.
    private(set) var textIDs: [UInt32] = []
    /// Empty until a cell has a format.
    private var formatIndexes: [UInt16] = []

    package init(role: Role, title: String, columnIndex: Int) {
        self.role = role
        self.title = title
        self.columnIndex = columnIndex
    }

    package subscript(row: Int) -> StoredCell {
        @inline(__always)
        get {
            if isBlank(row) { return .blank }
            let packed = kinds.isEmpty ? Self.text : kinds[row]
            return StoredCell(
                kind: CellKind(rawValue: packed & 0x0F) ?? .blank,
                textID: textIDs[row],
                formatIndex: formatIndexes.isEmpty ? 0 : formatIndexes[row],
                isFormula: packed & 0x10 != 0,
                isMerged: packed & 0x20 != 0)
        }
        set {
            let packed =
                newValue.kind.rawValue | (newValue.isFormula ? 0x10 : 0)
                | (newValue.isMerged ? 0x20 : 0)
            if kinds.isEmpty, packed != Self.blank, packed != Self.text { keepKinds() }
            if !kinds.isEmpty { kinds[row] = packed }
            textIDs[row] = packed == Self.blank ? Self.noText : newValue.textID
            if newValue.formatIndex != 0 && formatIndexes.isEmpty {
                formatIndexes = Array(repeating: 0, count: textIDs.count)
            }
            if !formatIndexes.isEmpty { formatIndexes[row] = newValue.formatIndex }
        }
    }

    /// Whether a cell holds nothing and is not merged.
    @inline(__always)
    func isBlank(_ row: Int) -> Bool { textIDs[row] == Self.noText }

    /// Whether a cell is a text somebody typed: no formula's value, not merged.
    @inline(__always)
    func isText(_ row: Int) -> Bool {
        kinds.isEmpty ? !isBlank(row) : kinds[row] == Self.text
    }

    private mutating func keepKinds() {
        kinds = textIDs.map { $0 == Self.noText ? Self.blank : Self.text }
    }

    private static let noText = UInt32.max
    private static let blank = CellKind.blank.rawValue
    private static let text = CellKind.text.rawValue

    mutating func appendBlank() {
        if !kinds.isEmpty { kinds.append(Self.blank) }
        textIDs.append(Self.noText)
        if !formatIndexes.isEmpty { formatIndexes.append(0) }
    }
}
