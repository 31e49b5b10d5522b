import Portals
import Spreadsheet

/// What the rows of a sheet say in one field.
///
/// A class, because a million rows are asked one by one: an element of an array that is a struct
/// would be copied, and all that it holds be counted, for every value.
final class FieldValues: Sendable {
    let cells: CellColumn
    private let replacements: [Replacement]
    /// The rows of all of them.
    private let rowsReplaced: RowSet
    private let type: FieldType
    /// Whether values have a normal form other than what was typed.
    private let hasNormalText: Bool
    /// Whether people may call a value otherwise than portals do.
    let hasShownWords: Bool
    private let store: RowStore
    /// What was typed, and its texts.
    private let cellsAsTheyCame: CellColumn
    private let textsAsTheyCame: TextTable

    /// - Parameters:
    ///   - came: the rows as they came, where they are not those that were judged.
    ///   - replacements: those of this field.
    init(
        _ store: RowStore, came: RowStore?, sheet: Int, field: Int, _ definition: Field,
        _ replacements: [Replacement]
    ) {
        cells = CellColumn(store, sheet: sheet, field: field)
        self.replacements = replacements
        rowsReplaced = replacements.reduce(into: RowSet()) { $0.formUnion($1.rows) }
        type = definition.type
        hasNormalText = type.hasNormalText
        hasShownWords = definition.hasShownWords
        self.store = store
        cellsAsTheyCame = came.map { CellColumn($0, sheet: sheet, field: field) } ?? cells
        textsAsTheyCame = (came ?? store).texts
    }

    /// What stands in for the typed value of a row; nil for nothing.
    func replacement(row: Int) -> Replacement.Source? {
        guard rowsReplaced.contains(row) else { return nil }
        return replacements.first { $0.rows.contains(row) }?.source
    }

    /// Hands out what was typed, trimmed, in the normal form of its type.
    func withTyped(row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if hasNormalText, cells[row].kind != .blank {
            if var text = TypedText.normal(of: cells[row], in: store, type) {
                return text.withUTF8(body)
            }
        }
        cells.withText(row, body)
    }

    /// Whether what was typed is, byte for byte, what came; nil where something else stands in.
    func isTypedAsItCame(row: Int) -> Bool? {
        if rowsReplaced.contains(row) { return nil }
        var isSame = false
        withTyped(row: row) { isSame = came(row: row, as: $0) }
        return isSame
    }

    /// Whether a text is, byte for byte, what came.
    func came(row: Int, as text: UnsafeBufferPointer<UInt8>) -> Bool {
        let cell = cellsAsTheyCame[row]
        guard cell.kind != .blank else { return text.isEmpty }
        let came = textsAsTheyCame.unsafeBytes(of: cell.textID)
        // Nearly always it is the very text that came, not another that equals it.
        return came.count == text.count
            && (came.baseAddress == text.baseAddress || came.elementsEqual(text))
    }
}

/// What the rows of all sheets say, by sheet, then by field.
///
/// References are handed out uncounted: they are asked for every cell, by several threads at once,
/// and two cores that count the same reference wait for each other.
struct ValuesByField: Sendable {
    /// Holds what the others point to, as long as any of them is used.
    private let values: [[FieldValues]]
    private let references: [Unmanaged<FieldValues>]
    /// Of each sheet, the place of its first field among the references.
    private let starts: [Int]

    init(_ values: [[FieldValues]]) {
        self.values = values
        references = values.joined().map(Unmanaged.passUnretained)
        starts = values.indices.map { sheet in values[..<sheet].reduce(0) { $0 + $1.count } }
    }

    @inline(__always)
    func with<Result>(_ sheet: Int, _ field: Int, _ body: (FieldValues) -> Result) -> Result {
        withExtendedLifetime(values) {
            references[starts[sheet] + field]._withUnsafeGuaranteedRef(body)
        }
    }
}
