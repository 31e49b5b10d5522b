import Portals
import Spreadsheet
import Validation

/// The known records of a sheet as rows of a template: choices, countries and yes or no in the
/// template's language, days as days.
struct KnownRows: FilledRows {
    let records: [KnownRecord]
    let sheet: SheetDefinition
    let language: String
    /// By the ids of records: what is asked for them.
    let actions: [String: Action]

    var rowCount: Int { records.count }

    func value(row: Int, field: Int) -> FilledValue {
        let value = records[row].values[field] ?? ""
        let field = sheet.fields[field]
        if field.type == .date, let day = SerialDate(isoText: value, system: .excel1900) {
            return .day(serial: day.serial)
        }
        return .text(field.shown(value, in: language))
    }

    func id(row: Int) -> String { records[row].id ?? "" }

    func action(row: Int) -> String {
        records[row].id.flatMap { actions[$0] }?.title.text(in: language) ?? ""
    }

    var hasIDs: Bool { records.contains { $0.id != nil } }
}
