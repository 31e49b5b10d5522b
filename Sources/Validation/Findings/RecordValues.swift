package import Portals

/// What rows say after judging: values trimmed, filled and in the portal's words, as they are
/// handed on.
package struct RecordValues: Sendable {
    package let store: RowStore
    package let verdicts: Verdicts
    package let definition: Definition
    /// Positions in `verdicts.replacements` by sheet, then by field.
    private var replacements: [[[Int]]]

    package init(_ store: RowStore, _ verdicts: Verdicts, of definition: Definition) {
        self.store = store
        self.verdicts = verdicts
        self.definition = definition
        replacements = store.sheets.map { Array(repeating: [], count: $0.fieldCount) }
        for (position, replacement) in verdicts.replacements.enumerated() {
            replacements[replacement.sheet][replacement.field].append(position)
        }
    }

    /// The value of a field; empty when there is none.
    ///
    /// E-mail addresses and names keep the case in which they were typed.
    package func text(sheet: Int, row: Int, field: Int) -> String {
        switch source(sheet: sheet, row: row, field: field) {
        case .text(let text): text
        case .field(let other): typed(sheet, row, other)
        case nil: typed(sheet, row, field)
        }
    }

    /// Hands out the bytes of a field's value, without making a string in the common case.
    ///
    /// Not generic, because other rooms can't have it inlined: every value goes through here.
    package func withBytes(
        sheet: Int, row: Int, field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        switch source(sheet: sheet, row: row, field: field) {
        case .text(var text): text.withUTF8(body)
        case .field(let other):
            CellText.with(store.sheets[sheet].cell(row: row, field: other), in: store.texts, body)
        case nil:
            CellText.with(store.sheets[sheet].cell(row: row, field: field), in: store.texts, body)
        }
    }

    /// Whether the value of a field is empty.
    package func isBlank(sheet: Int, row: Int, field: Int) -> Bool {
        var isBlank = true
        withBytes(sheet: sheet, row: row, field: field) { isBlank = $0.isEmpty }
        return isBlank
    }

    /// Normalised key of a row's record, for looking it up.
    package func key(sheet: Int, row: Int, fields: [Int]) -> [UInt8] {
        let types = definition.sheets[store.sheets[sheet].definitionIndex].fields.map(\.type)
        var key: [UInt8] = []
        for field in fields {
            if !key.isEmpty { key.append(0) }
            key += FieldKey.bytes(text(sheet: sheet, row: row, field: field), type: types[field])
        }
        return key
    }

    @inline(__always)
    private func source(sheet: Int, row: Int, field: Int) -> Replacement.Source? {
        for position in replacements[sheet][field]
        where verdicts.replacements[position].rows.contains(row) {
            return verdicts.replacements[position].source
        }
        return nil
    }

    private func typed(_ sheet: Int, _ row: Int, _ field: Int) -> String {
        CellText.with(store.sheets[sheet].cell(row: row, field: field), in: store.texts) {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
