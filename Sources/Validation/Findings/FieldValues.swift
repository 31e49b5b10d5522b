import Portals
import Spreadsheet

/// What the rows of a sheet say in one field.
///
/// A class, because a million rows are asked one by one: an element of an array that is a struct
/// would be copied, and all that it holds be counted, for every value.
final class FieldValues: Sendable {
    let cells: CellColumn
    private let replacements: [Replacement]
    private let type: FieldType
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
        type = definition.type
        hasShownWords = definition.hasShownWords
        self.store = store
        cellsAsTheyCame = came.map { CellColumn($0, sheet: sheet, field: field) } ?? cells
        textsAsTheyCame = (came ?? store).texts
    }

    /// What stands in for the typed value of a row; nil for nothing.
    func replacement(row: Int) -> Replacement.Source? {
        for replacement in replacements where replacement.rows.contains(row) {
            return replacement.source
        }
        return nil
    }

    /// Hands out what was typed, trimmed, in the normal form of its type.
    func withTyped(row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if type.hasNormalText, cells[row].kind != .blank {
            if var text = TypedText.normal(of: cells[row], in: store, type) {
                return text.withUTF8(body)
            }
        }
        cells.withText(row, body)
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
