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
