import Catalogue
import Portals

/// `absentFrom {sheet, field, by, to, in}`: the value stands in no row of another sheet (`in:
/// file`, which is meant when nothing is said), and no known record of that sheet has it (`in:
/// known`). With `by` several fields together are compared with those that `to` names there.
///
/// Two rows that have the same are both told. The code's word for what is known is `taken`.
struct AbsentFromRule: FieldRule {
    static let kind = "absentFrom"
    static let parameters = ["sheet", "field", "by", "to", "in"]
    static let codeWords = ["taken"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let ownSheet: Int
    /// The fields that are compared; the first one of `others` with the first one of these.
    private let own: [Int]
    private let sheet: Int
    private let others: [Int]
    private let inFile: Bool
    private let inKnown: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        ownSheet = source.sheetIndex
        sheet = try source.sheets("sheet")[0]
        let definition = source.definition.sheets[sheet]
        if source.rule.parameters["by"] == nil {
            own = [try source.fieldIndex(of: source.fieldID, in: source.sheet, at: "rule")]
            let key =
                source.rule.parameters["field"] == nil
                ? definition.key[0] : try source.text("field")
            others = [try source.fieldIndex(of: key, in: definition, at: "field")]
        } else {
            own = try source.fields("by")
            others = try source.fields("to", of: definition)
            if own.count != others.count {
                throw source.error(
                    "rule.parameter_missing", at: "to", found: "\(others.count) fields",
                    allowed: "as many fields as by")
            }
        }
        let places = try source.words("in", of: ["file", "known"])
        inFile = places.isEmpty || places.contains("file")
        inKnown = places.contains("known")
    }

    var valuesLookedUp: [ValueLookup] {
        inKnown
            ? [ValueLookup(sheet: ownSheet, fields: own, among: sheet, otherFields: others)] : []
    }

    func judge(field: Int, _ judging: inout Judging) {
        let rows = judging.rows.filter {
            judging.isWellFormed(own, $0) && judging.applies(condition, $0)
        }
        if rows.isEmpty { return }
        let reader = judging.identityReader(of: own)
        let lists = judging.lineLists(of: others, ofSheet: sheet)
        let types = own.map { judging.types[$0] }
        let position = inFile ? judging.position(ofDefinition: sheet) : nil
        let index = position.map {
            RowIndex(
                KeyReader(judging.store, sheet: $0, fields: others, types: types, lists: lists))
        }
        let records =
            inKnown && sheet < judging.links.records.count
            ? RecordKeys(judging.links.records[sheet], others, types: types, lists: lists) : nil
        var (key, otherKey): ([UInt8], [UInt8]) = ([], [])
        for row in rows {
            reader.key(row, into: &key)
            if let position,
                let other = index?.row(ofKey: key, asking: (reader, row), &otherKey)
            {
                if position == judging.sheet && other == row { continue }
                reportRepeat(row, field, of: other, position, &judging)
            } else if let record = records?.record(ofKey: key), keeps(record, from: row, judging) {
                reportTaken(row, field, by: record, &judging)
            }
        }
    }

    /// Whether a record that is not the row's own has the value still once the file is taken.
    private func keeps(_ record: Int, from row: Int, _ judging: Judging) -> Bool {
        guard let link = judging.links.row(ofRecord: record, sheet: sheet) else { return true }
        if link == .row(row, sheet: judging.sheet) { return false }
        let isGivenAnother =
            judging.action(sheet: link.sheet, row: link.index) == .update
            && others.allSatisfy {
                judging.form(link.index, $0, ofSheet: link.sheet) == .wellFormed
            }
        return !isGivenAnother
    }

    private func reportRepeat(
        _ row: Int, _ field: Int, of other: Int, _ position: Int, _ judging: inout Judging
    ) {
        let places = [
            Place(sheet: judging.sheet, row: row, field: field),
            Place(sheet: position, row: other, field: others.last),
        ]
        for (place, related) in zip(places, places.reversed()) {
            judging.report(
                rule.code ?? .recordDuplicateInFile, at: place, by: rule,
                detail: FindingDetail(related: [related], relatedCount: 1))
        }
    }

    private func reportTaken(
        _ row: Int, _ field: Int, by record: Int, _ judging: inout Judging
    ) {
        let known = judging.links.records[sheet][record]
        let names = judging.plan.sheets[sheet].keyFields.compactMap { known.values[$0] }
        let isEmail = judging.types[field] == .email
        judging.report(
            rule.codes["taken"] ?? (isEmail ? .emailTaken : .cellTaken), row, field, by: rule,
            detail: FindingDetail(arguments: [
                "record": names.joined(separator: ", "), "reason": known.origin,
            ]))
    }
}
