import Portals
package import Validation

// What operations ask of rows.
extension RecordValues {
    /// Position in the store of a sheet of the Definition; nil when the workbook lacks it.
    func position(ofSheet id: String) -> Int? {
        store.sheets.firstIndex { definition.sheets[$0.definitionIndex].id == id }
    }

    func sheetDefinition(_ sheet: Int) -> SheetDefinition {
        definition.sheets[store.sheets[sheet].definitionIndex]
    }

    func keyFields(ofSheet sheet: Int) -> [Int] {
        let definition = sheetDefinition(sheet)
        return definition.key.compactMap { definition.fieldIndex($0) }
    }

    /// The rows of a sheet that nothing keeps out, in file order.
    func acceptedRows(ofSheet sheet: Int) -> some Sequence<Int> {
        let states = verdicts.states[sheet]
        return states.indices.lazy.filter { states[$0] == .accepted }
    }

    func action(sheet: Int, row: Int) -> Action { verdicts.actions[sheet][row] }

    /// Whether a row says a field anew: always, unless its record is known and has that value.
    func isNewOrChanged(sheet: Int, row: Int, field: Int) -> Bool {
        guard !verdicts.changes.isEmpty,
            let changed = verdicts.changes[Place(sheet: sheet, row: row)]
        else { return true }
        return changed.contains(field)
    }

    /// Hands out the value a field gets: empty for a cell that is blank or empties the field.
    package func withValue(
        sheet: Int, row: Int, field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        withBytes(sheet: sheet, row: row, field: field) { bytes in
            let isCleared = isCleared(sheet: sheet, row: row, by: bytes)
            body(isCleared ? UnsafeBufferPointer(start: nil, count: 0) : bytes)
        }
    }

    /// Whether what stands in a cell empties the field.
    func isCleared(sheet: Int, row: Int, by bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: "(") && action(sheet: sheet, row: row) != .create
            && bytes.elementsEqual(Action.clearWord.utf8)
    }

    /// Appends the value a field gets as people read it in one line: yes and no, countries by name,
    /// days as they are written, and what has several lines with strokes between.
    func appendShown(
        sheet: Int, row: Int, field: Int, in language: String, to bytes: inout [UInt8]
    ) {
        guard hasShownWords(sheet: sheet, field: field) else {
            return withValue(sheet: sheet, row: row, field: field) {
                bytes.append(contentsOf: $0)
            }
        }
        let definition = sheetDefinition(sheet).fields[field]
        withValue(sheet: sheet, row: row, field: field) { value in
            let text = String(decoding: value, as: UTF8.self)
            let shown =
                definition.type == .date
                ? DayText.text(text, in: language) : definition.shown(text, in: language)
            let lines = shown.split(whereSeparator: \.isNewline)
            bytes += lines.joined(separator: " / ").utf8
        }
    }

    /// The value a field gets: empty for a cell that is blank or empties the field.
    func value(sheet: Int, row: Int, field: Int) -> String {
        var value = ""
        withValue(sheet: sheet, row: row, field: field) {
            value = String(decoding: $0, as: UTF8.self)
        }
        return value
    }
}
