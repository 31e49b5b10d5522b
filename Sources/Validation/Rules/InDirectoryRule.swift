import Catalogue
import Portals

/// `inDirectory {directory, exactlyOne, mayBeNew}`: the value is a name of that list, letter for
/// letter. With `exactlyOne` it is the name of one line and no other, or what stands beside it.
/// Rows for which `mayBeNew` holds may have a name that the list lacks in any case.
///
/// Codes by word: `unknown`, `case` (only the case differs), `several` lines, `unverified` (there
/// is no list).
struct InDirectoryRule: FieldRule {
    static let kind = "inDirectory"
    static let parameters = ["directory", "exactlyOne", "mayBeNew"]
    static let codeWords = ["unknown", "case", "several", "unverified"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    let directory: String
    let isExactlyOne: Bool
    let title: LocalizedText
    private let mayBeNew: RowCondition?
    /// Addresses are the same whatever their case.
    private let ignoresCase: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        let names = try source.directory("directory")
        (directory, title) = (names.id, names.title)
        isExactlyOne = try source.flag("exactlyOne")
        mayBeNew = source.ownCondition("mayBeNew")
        ignoresCase = source.field?.type == .email
    }

    func judge(field: Int, _ judging: inout Judging) {
        guard let names = judging.known.directories[directory] else {
            return reportUnverified(field, &judging)
        }
        var used = RowSet()
        // By themselves: whoever held the rule would copy it for every name.
        let (isExactlyOne, ignoresCase) = (isExactlyOne, ignoresCase)
        let odd = judging.wellFormedRows(field) { name in
            let answer = names.answer(for: name)
            if let position = answer.position { used.insert(position) }
            if isExactlyOne { return names.match(name) != .one }
            if case .present = answer { return false }
            return answer == .absent || !ignoresCase
        }
        for row in odd where judging.applies(condition, row) {
            if isExactlyOne, judging.withText(row, field, names.match) == .several {
                report(code("several", .directorySeveral), row, field, nil, &judging)
                continue
            }
            switch judging.withText(row, field, names.answer) {
            case .present: continue
            case .differsByCase(let position):
                let name = judging.suggestion(row, field) { _ in names.name(position) }
                report(code("case", .directoryCaseDiffers), row, field, name, &judging)
            case .absent:
                if isExcused(row, judging) { continue }
                let suggestions = judging.nameSuggestion(field, used: used)
                let name = judging.suggestion(row, field) { suggestions?.name(for: $0) }
                report(code("unknown", .directoryUnknown), row, field, name, &judging)
            }
        }
    }

    /// Whether nobody expects the list to have the name. What is wrong already decides nothing.
    private func isExcused(_ row: Int, _ judging: Judging) -> Bool {
        guard let mayBeNew else { return false }
        return mayBeNew.fields.contains { judging.form(row, $0) == .malformed }
            || judging.applies(mayBeNew, row)
    }

    private func reportUnverified(_ field: Int, _ judging: inout Judging) {
        let isNeeded = judging.rows.contains { row in
            judging.form(row, field) == .wellFormed && judging.applies(condition, row)
        }
        guard isNeeded else { return }
        judging.report(code("unverified", .directoryUnverified), ofColumn: field, detail: detail)
    }

    private func report(
        _ code: Code, _ row: Int, _ field: Int, _ suggestion: String?, _ judging: inout Judging
    ) {
        var detail = detail
        detail.suggestion = suggestion
        judging.report(code, row, field, by: rule, detail: detail)
    }

    private var detail: FindingDetail { FindingDetail(arguments: ["list": title.text(in: "en")]) }

    private func code(_ word: String, _ fallback: Code) -> Code { rule.codes[word] ?? fallback }

    func liveCheck(field: Int) -> LiveCheck? {
        isExactlyOne ? nil : .notInDirectory(field: field, directory: directory)
    }
}
