import Catalogue
import Portals

/// `countPerParent {parent, minimum, maximum, parentWhen, ifAny, sheet}`: how many rows may refer
/// to one record, known ones counted too.
///
/// Too many are told at every row beyond, too few at the row of the parent. So it is asked even
/// when the workbook lacks the sheet: nobody monitors a customer for whom there is no connection.
struct CountPerParentRule: SheetRule {
    static let kind = "countPerParent"
    static let parameters = ["parent", "minimum", "maximum", "parentWhen", "ifAny", "sheet"]
    static let codeWords = ["many", "few"]

    let rule: RuleDefinition
    let condition: RowCondition?
    private let sheet: Int
    private let parent: Int
    private let minimum: Int
    private let maximum: Int?
    private let isIfAny: Bool
    /// The sheets of the parents, by index in the Definition, with what they must be like.
    private let parents: [Int: RowCondition?]
    private let title: LocalizedText

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = source.sheetIndex
        parent = try source.field("parent")
        minimum = source.rule.parameters["minimum"] == nil ? 0 : try source.number("minimum")
        maximum = source.rule.parameters["maximum"] == nil ? nil : try source.number("maximum")
        isIfAny = try source.flag("ifAny")
        title = source.sheet.title
        let sheets =
            source.rule.parameters["sheet"] == nil
            ? try source.parentSheets(of: source.text("parent"), at: "parent")
            : try source.sheets("sheet")
        var parents: [Int: RowCondition?] = [:]
        for index in sheets {
            let when = source.rule.conditions["parentWhen"].map {
                RowCondition($0, of: source.definition.sheets[index], in: source.definition)
            }
            parents.updateValue(when, forKey: index)
        }
        self.parents = parents
    }

    var childrenCounted: [(sheet: Int, field: Int)] { [(sheet, parent)] }

    func judgeAcrossSheets(_ judging: inout Judging) {
        let children = judging.children(ofSheet: sheet, parent: parent)
        reportTooMany(children, &judging)
        reportTooFewOfKnown(children, &judging)
        guard minimum > 0 else { return }
        for index in parents.keys.sorted() {
            guard let position = judging.position(ofDefinition: index) else { continue }
            for row in judging.store.sheets[position].judgedRows {
                let target = LinkTarget.row(row, sheet: position)
                let count = children.children(of: target, when: condition, judging).count
                if count >= minimum || !isCounted(target, index, judging) { continue }
                if isIfAny && children.byParent[target] == nil { continue }
                reportTooFew(target, count, &judging)
            }
        }
    }

    private func isCounted(_ target: LinkTarget, _ index: Int, _ judging: Judging) -> Bool {
        guard judging.mayLackChildren(target), knowsChildren(of: target, judging),
            let when = parents[index]
        else { return false }
        return when?.holds(target, in: judging) ?? true
    }

    /// Whether all children of a parent are known: what an earlier upload linked to a record is not
    /// remembered, and only a list of what exists tells it.
    private func knowsChildren(of parent: LinkTarget, _ judging: Judging) -> Bool {
        let isNew =
            !parent.isKnown && judging.links.record(sheet: parent.sheet, row: parent.index) == nil
        if isNew || judging.plan.definition.sheets[sheet].makesRecords { return true }
        let records = judging.links.records
        return sheet < records.count && !records[sheet].isEmpty
    }

    private func reportTooMany(_ children: Children, _ judging: inout Judging) {
        guard let maximum else { return }
        var beyond: [(child: LinkTarget, count: Int)] = []
        // In an order of their own: a dictionary has another one in each process.
        let crowded = children.byParent.filter { $0.value.count > maximum }.keys
        for target in crowded.sorted() {
            let members = children.children(of: target, when: condition, judging)
            guard members.count > maximum,
                let when = parents[judging.definitionIndex(of: target)],
                when?.holds(target, in: judging) ?? true
            else { continue }
            let rows = members.dropFirst(maximum).filter { !$0.isKnown }
            beyond += rows.map { ($0, members.count) }
            // Where all who are too many are known already, the row of the parent is at fault.
            if rows.isEmpty, !target.isKnown {
                let key = judging.definition(ofSheet: target.sheet).keyFields.last
                reportTooMany(target, key, members.count, maximum, &judging)
            }
        }
        for (child, count) in beyond.sorted(by: { $0.child < $1.child }) {
            reportTooMany(child, parent, count, maximum, &judging)
        }
    }

    private func reportTooMany(
        _ row: LinkTarget, _ field: Int?, _ count: Int, _ maximum: Int, _ judging: inout Judging
    ) {
        judging.report(
            rule.codes["many"] ?? rule.code ?? .countTooMany,
            at: Place(sheet: row.sheet, row: row.index, field: field), by: rule,
            detail: FindingDetail(arguments: ["max": "\(maximum)", "count": "\(count)"]))
    }

    /// Of a parent that no row is about, the first row here that refers to it is told.
    private func reportTooFewOfKnown(_ children: Children, _ judging: inout Judging) {
        guard minimum > 0, let position = judging.position(ofDefinition: sheet) else { return }
        var seen: Set<LinkTarget> = []
        for row in judging.store.sheets[position].judgedRows {
            guard let target = judging.links.target(sheet: position, row: row, field: parent),
                target.isKnown, seen.insert(target).inserted, knowsChildren(of: target, judging),
                let when = parents[target.sheet],
                when?.holds(target, in: judging) ?? true
            else { continue }
            let count = children.children(of: target, when: condition, judging).count
            if count >= minimum { continue }
            judging.report(
                rule.codes["few"] ?? rule.code ?? .countTooFew,
                at: Place(sheet: position, row: row, field: parent), by: rule,
                detail: FindingDetail(arguments: ["min": "\(minimum)", "count": "\(count)"]))
        }
    }

    private func reportTooFew(_ target: LinkTarget, _ count: Int, _ judging: inout Judging) {
        let key = judging.definition(ofSheet: target.sheet).keyFields.last
        judging.report(
            rule.codes["few"] ?? rule.code ?? .countTooFew,
            at: Place(sheet: target.sheet, row: target.index, field: key), by: rule,
            detail: FindingDetail(arguments: [
                "min": "\(minimum)", "count": "\(count)", "sheet": title.text(in: "en"),
            ]))
    }
}
