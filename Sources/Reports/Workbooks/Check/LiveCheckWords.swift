import Catalogue
import Portals
import Validation

/// What a live check says, in the language of a workbook.
struct LiveCheckWords {
    let messages: Messages
    /// Titles by field index.
    let titles: [String]
    /// Titles of directories by id.
    let directoryTitles: [String: String]

    var allRight: String { messages.fragment("check.ok") }
    var errorValue: String { messages.fragment("check.error_value") }

    /// What a check says when it fails.
    func sentence(_ check: LiveCheck) -> LiveSentence {
        let field = titles[check.field]
        switch check {
        case .missing: return of("check.blank", field)
        case .outerSpace: return of("check.spaces", field)
        case .notPlainText: return of("check.not_plain", field)
        case .notAnAddress: return of("check.not_an_address", field)
        case .tooLong(_, let maximum): return of("check.too_long", field, ["max": "\(maximum)"])
        case .notAChoice: return of("check.not_a_choice", field)
        case .mustEqual(_, let other):
            return of("check.must_equal", field, ["other": titles[other]])
        case .duplicate:
            return of("check.also_in_row", field, ["row": LiveSentence.Slot.row.mark])
        case .notInDirectory(_, let directory):
            return at(field, "check.not_in_list", ["list": list(directory)])
        }
    }

    /// What is said of a name that a directory has in other letters.
    func otherCase(field: Int, directory: String) -> LiveSentence {
        let arguments = [
            "suggestion": LiveSentence.Slot.suggestion.mark, "list": list(directory),
        ]
        return at(titles[field], "check.case_differs", arguments)
    }

    private func list(_ directory: String) -> String { directoryTitles[directory] ?? directory }

    private func of(
        _ id: String, _ field: String, _ arguments: [String: String] = [:]
    ) -> LiveSentence {
        LiveSentence(messages.fragment(id, arguments.merging(["field": field]) { $1 }))
    }

    private func at(
        _ field: String, _ id: String, _ arguments: [String: String]
    ) -> LiveSentence {
        of("check.at_field", field, ["reason": messages.fragment(id, arguments)])
    }
}
