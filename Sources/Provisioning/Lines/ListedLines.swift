import JSON
import Portals
import Validation

/// Prints the rows of one sheet that a step done once lists:
/// `{"name":"acme","package":"Gold","source":{"sheet":"Customers","row":2}}`.
struct ListedLines {
    private let values: RecordValues
    private let sheet: Int
    private let rows: SheetStore
    private let members: [(name: String, field: Int, form: ValueForm)]

    init(_ listed: ListedRows, of values: RecordValues) {
        self.values = values
        sheet = listed.sheet
        rows = values.store.sheets[listed.sheet]
        let fields = values.sheetDefinition(listed.sheet).fields
        members = listed.fields.map { (fields[$0].id, $0, ValueForm(fields[$0])) }
    }

    func write(row: Int, to json: inout JSONWriter) {
        json.beginObject()
        for (name, field, form) in members {
            json.member(name, values, sheet: sheet, row: row, field: field, form)
        }
        json.source(rows, row: row)
        json.endObject()
    }
}
