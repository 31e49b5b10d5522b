import Catalogue
import Portals

/// `inDirectory {directory}`: the value is a name of that list, letter for letter.
///
/// Codes by word: `unknown`, `case` (only the case differs), `unverified` (there is no list).
struct InDirectoryRule: FieldRule {
    static let kind = "inDirectory"
    static let parameters = ["directory"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let directory: String
    let title: LocalizedText

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        directory = try source.text("directory")
        let id = directory
        guard let known = source.definition.directories.first(where: { $0.id == id }) else {
            throw source.error(
                "rule.directory_unknown", at: "directory", found: id,
                allowed: source.definition.directories.map(\.id).joined(separator: ", "))
        }
        title = known.title
    }

    func judge(field: Int, _ judging: inout Judging) {
        guard let names = judging.known.directories[directory] else {
            if judging.rows.contains(where: { judging.form($0, field) == .wellFormed }) {
                judging.reportOnce(
                    code("unverified", .directoryUnverified), field: field, detail: detail())
            }
            return
        }
        var key: [UInt8] = []
        var suggestions: NameSuggestion?
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(rule.when, row) {
            key.removeAll(keepingCapacity: true)
            let answer = judging.withText(row, field) { text in
                NameKey.append(text, to: &key)
                return names.answer(for: text, key: key)
            }
            switch answer {
            case .present: continue
            case .differsByCase(let position):
                var detail = detail()
                detail.suggestion = names.name(position)
                judging.report(
                    code("case", .directoryCaseDiffers), row, field, by: rule, detail: detail)
            case .absent:
                suggestions = suggestions ?? NameSuggestion(judging, field: field)
                var detail = detail()
                detail.suggestion = judging.suggestion(forField: field) { [suggestions] _ in
                    suggestions?.name(for: row, key: key)
                }
                judging.report(
                    code("unknown", .directoryUnknown), row, field, by: rule, detail: detail)
            }
        }
    }

    private func detail() -> FindingDetail {
        FindingDetail(arguments: ["list": title.text(in: "en")])
    }

    private func code(_ word: String, _ fallback: Code) -> Code { rule.codes[word] ?? fallback }

    func liveCheck(field: Int) -> LiveCheck? {
        .notInDirectory(field: field, directory: directory)
    }
}
