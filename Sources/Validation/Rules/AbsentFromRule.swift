import Catalogue
import Portals

/// `absentFrom {sheet, field}`: the value stands in no row of another sheet. Both rows are told.
struct AbsentFromRule: FieldRule {
    static let kind = "absentFrom"
    static let parameters = ["sheet", "field"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let sheet: Int
    private let other: Int

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = try source.sheets("sheet")[0]
        let definition = source.definition.sheets[sheet]
        let key =
            source.rule.parameters["field"] == nil ? definition.key[0] : try source.text("field")
        other = try source.fieldIndex(of: key, in: definition, at: "field")
    }

    func judge(field: Int, _ judging: inout Judging) {
        guard let position = judging.position(ofDefinition: sheet),
            judging.rows.contains(where: { judging.form($0, field) == .wellFormed })
        else { return }
        let types = [judging.types[field]]
        let own = KeyReader(judging.store, sheet: judging.sheet, fields: [field], types: types)
        let index = RowIndex(
            KeyReader(judging.store, sheet: position, fields: [other], types: types))
        var (key, otherKey): ([UInt8], [UInt8]) = ([], [])
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            own.key(row, into: &key)
            guard let otherRow = index.row(ofKey: key, asking: (own, row), &otherKey) else {
                continue
            }
            let places = [
                Place(sheet: judging.sheet, row: row, field: field),
                Place(sheet: position, row: otherRow, field: other),
            ]
            for (place, related) in zip(places, places.reversed()) {
                judging.report(
                    rule.code ?? .recordDuplicateInFile, at: place, by: rule,
                    detail: FindingDetail(related: [related], relatedCount: 1))
            }
        }
    }
}
