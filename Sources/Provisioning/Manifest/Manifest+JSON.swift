import Catalogue
import JSON
import Spreadsheet
import Validation

extension Manifest {
    /// The bytes of `manifest.json`, ending in a line feed.
    package var bytes: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        json.endLine()
        return json.bytes
    }

    private func write(to json: inout JSONWriter) {
        json.beginObject()
        json.list("warnings", warnings) { json, warning in
            json.member("code", warning.code.rawValue)
            json.member("message", warning.message)
        }
        json.member("portal", portal)
        json.member("definitionVersion", definitionVersion)
        json.member("today", today.description)
        json.object("workbook") { json in
            json.member("name", workbook.name)
            json.member("sha256", workbook.sha256)
        }
        json.object("inputs") { json in
            for input in inputs { json.member(input.name, input.sha256) }
        }
        json.object("counts") { counts.write(to: &$0) }
        json.object("effects") { effects.write(to: &$0) }
        json.member("operations", operationCount)
        json.member("held", heldCount)
        json.object("template") { $0.member("guessed", isTemplateGuessed) }
        json.list("files", files) { json, file in
            json.member("name", file.name)
            json.member("sha256", file.sha256)
            json.key("operations")
            if let count = file.operationCount { json.integer(count) } else { json.null() }
            json.member("held", file.heldCount)
        }
        json.endObject()
    }
}

extension RowCounts {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("rows", rows)
        json.member("accepted", accepted)
        json.member("rejected", rejected)
        json.member("unchanged", unchanged)
        json.member("leftOut", leftOut)
        json.member("blank", blank)
        json.member("hidden", hidden)
    }
}

extension Effects {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("added", added)
        json.member("updated", updated)
        json.member("deleted", deleted)
        json.list("paid", paid) { json, package in
            json.member("package", package.name)
            json.member("count", package.count)
            json.member("price", package.price)
            json.member("currency", package.currency)
            json.member("per", package.period)
            json.member("sum", package.sum)
        }
        json.member("paidCount", paidCount)
        json.list("trials", trials) { json, trial in
            json.member("date", trial.date)
            json.member("count", trial.count)
        }
        json.list("mails", mails) { json, mail in
            json.member("kind", mail.kind)
            json.member("count", mail.count)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
        key(name)
        beginObject()
        write(&self)
        endObject()
    }

    /// A member that is a list of objects.
    fileprivate mutating func list<Element>(
        _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
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
