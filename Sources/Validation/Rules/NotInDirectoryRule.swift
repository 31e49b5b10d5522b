import Catalogue
import Portals

/// `notInDirectory {directory}`: the value is no name of that list, whatever its case: what is
/// there already is not made again.
struct NotInDirectoryRule: FieldRule {
    static let kind = "notInDirectory"
    static let parameters = ["directory"]
    static let codeWords = ["unverified"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let directory: DirectoryDefinition

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        directory = try source.directory("directory")
    }

    func judge(field: Int, _ judging: inout Judging) {
        let detail = FindingDetail(arguments: ["list": directory.title.text(in: "en")])
        let rows = judging.rows.filter {
            judging.form($0, field) == .wellFormed && judging.applies(condition, $0)
        }
        guard let names = judging.known.directories[directory.id] else {
            if rows.isEmpty { return }
            let code = rule.codes["unverified"] ?? .directoryUnverified
            return judging.report(code, ofColumn: field, detail: detail)
        }
        for row in rows where judging.withText(row, field, names.answer).position != nil {
            judging.report(rule.code ?? .recordExists, row, field, by: rule, detail: detail)
        }
    }
}
