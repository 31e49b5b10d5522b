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
        json.key("counts")
        counts.write(to: &json)
        json.key("effects")
        effects.write(to: &json)
    }
}

extension RowCounts {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("rows", rows)
        json.member("accepted", accepted)
        json.member("rejected", rejected)
        json.member("unchanged", unchanged)
        json.member("leftOut", leftOut)
        json.member("blank", blank)
        json.member("hidden", hidden)
        json.endObject()
    }
}

extension Effects {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("added", added)
        json.member("updated", updated)
        json.member("deleted", deleted)
        json.array("paid", paid) { json, package in
            json.member("name", package.name)
            json.member("count", package.count)
            json.member("price", package.price)
            json.member("currency", package.currency)
            json.member("period", package.period)
            json.member("sum", package.sum)
        }
        json.array("trials", trials) { json, trial in
            json.member("date", trial.date)
            json.member("count", trial.count)
        }
        json.array("mails", mails) { json, mail in
            json.member("kind", mail.kind)
            json.member("count", mail.count)
        }
        json.endObject()
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

    fileprivate mutating func array<Element>(
        _ name: String, _ elements: [Element],
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements {
            beginObject()
            write(&self, element)
            endObject()
        }
        endArray()
    }
}
