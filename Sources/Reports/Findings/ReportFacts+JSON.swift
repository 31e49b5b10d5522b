import Catalogue
import JSON
import Portals
import Spreadsheet
import Validation

extension ReportFacts {
    /// Writes the members of a JSON report up to its findings, into an object that is open.
    func writeMembers(to json: inout JSONWriter) {
        json.member("portal", definition?.portal)
        json.member("definitionVersion", orNull: definition?.version)
        json.member("today", today?.description)
        json.key("workbook")
        json.beginObject()
        json.member("name", workbookName)
        json.member("sha256", workbookSHA256)
        json.endObject()
        json.key("inputs")
        json.beginObject()
        for input in inputs { json.member(input.name, input.sha256) }
        json.endObject()
        json.object("counts") { counts.write(to: &$0) }
        json.object("effects") { effects.write(to: &$0) }
    }
}

extension RenderedFinding {
    /// Writes the finding as one object; what is absent is `null`.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("code", code.rawValue)
        json.member("severity", severity.rawValue)
        json.member("sheet", sheet)
        json.member("row", orNull: row)
        json.member("column", column)
        json.member("cell", cell)
        json.member("found", found)
        json.member("message", message)
        json.member("remedy", remedy)
        json.key("related")
        json.beginArray()
        for cell in related { json.string(cell) }
        json.endArray()
        json.member("relatedCount", relatedCount)
        json.member("suggestion", suggestion)
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, orNull value: Int?) {
        key(name)
        if let value { integer(value) } else { null() }
    }
}
