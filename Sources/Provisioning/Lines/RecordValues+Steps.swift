import Portals
import Validation

// What steps say of rows.
extension RecordValues {
    /// Appends the id of a row's operation: its kind and the parts of its record's key.
    func append(
        id operation: String, sheet: Int, row: Int, _ keyFields: [Int], to bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: operation.utf8)
        for field in keyFields {
            bytes.append(UInt8(ascii: "/"))
            withKeyPart(sheet: sheet, row: row, field: field) {
                PercentEncoding.append($0, to: &bytes)
            }
        }
    }

    /// Appends what a field is known to say that a row changes: ` (was Lee)`.
    func appendFormer(
        sheet: Int, row: Int, field: Int, _ words: ChecklistWords, to bytes: inout [UInt8]
    ) {
        guard verdicts.changes[Place(sheet: sheet, row: row)]?.contains(field) == true,
            let known = verdicts.links.record(sheet: sheet, row: row)?.values[field],
            !known.isEmpty
        else { return }
        let definition = sheetDefinition(sheet).fields[field]
        let shown =
            definition.type == .date
            ? DayText.text(known, in: words.language) : definition.shown(known, in: words.language)
        let lines = shown.split(whereSeparator: \.isNewline).joined(separator: " / ")
        bytes.append(contentsOf: " (\(words.was) \(lines))".utf8)
    }
}
