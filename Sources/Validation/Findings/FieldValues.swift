import Portals
import Spreadsheet

/// What the rows of a sheet say in one field.
///
/// A class, because a million rows are asked one by one: an element of an array that is a struct
/// would be copied, and all that it holds be counted, for every value.
final class FieldValues: Sendable {
    private let column: StoredColumn
    /// Whether the workbook lacks the column.
    private let isMissing: Bool
    private let texts: TextTable
    private let replacements: [Replacement]
    private let type: FieldType
    /// Whether people may call a value otherwise than portals do.
    let hasShownWords: Bool
    private let store: RowStore

    /// - Parameter replacements: those of this field.
    init(
        _ store: RowStore, sheet: Int, field: Int, _ definition: Field,
        _ replacements: [Replacement]
    ) {
        let position = store.sheets[sheet].column(ofField: field)
        isMissing = position == nil
        column =
            position.map { store.sheets[sheet].columns[$0] }
            ?? StoredColumn(role: .field(field), title: "", columnIndex: 0)
        texts = store.texts
        self.replacements = replacements
        type = definition.type
        hasShownWords = definition.hasShownWords
        self.store = store
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
        guard !isMissing else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        if type.hasNormalText, column[row].kind != .blank {
            if var text = TypedText.normal(of: column[row], in: store, type) {
                return text.withUTF8(body)
            }
        }
        CellText.with(column[row], in: texts, body)
    }

    /// Whether a text is, byte for byte, what came.
    func came(row: Int, as text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !isMissing, column[row].kind != .blank else { return text.isEmpty }
        let came = texts.unsafeBytes(of: column.textIDs[row])
        // Nearly always it is the very text that came, not another that equals it.
        return came.count == text.count
            && (came.baseAddress == text.baseAddress || came.elementsEqual(text))
    }
}
