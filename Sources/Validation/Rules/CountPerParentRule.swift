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
    let sheet: Int
    let parent: Int
    let minimum: Int
    private let maximum: Int?
    private let isIfAny: Bool
    /// Which rows take their link away, beside those that ask for that alone.
    private let unlinks: RowCondition?
    /// The sheets of the parents, by index in the Definition, with what they must be like.
    let parents: [Int: RowCondition?]
    private let title: LocalizedText

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = source.sheetIndex
        parent = try source.field("parent")
        minimum = source.rule.parameters["minimum"] == nil ? 0 : try source.number("minimum")
        maximum = source.rule.parameters["maximum"] == nil ? nil : try source.number("maximum")
        isIfAny = try source.flag("ifAny")
        unlinks = source.sheet.unlinks.map {
            RowCondition($0, of: source.sheet, in: source.definition)
        }
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
        // Where less is there, nothing new is too much.
        if judging.again?.changesTargets == false && minimum == 0 { return }
        let children = judging.children(ofSheet: sheet, parent: parent)
        reportTooMany(children, &judging)
        guard minimum > 0 else { return }
        if judging.again != nil { return keepBack(children, &judging) }
        for (row, count) in rowsOfLackingRecords(children, judging) {
            let place = Place(sheet: row.sheet, row: row.index, field: parent)
            reportTooFew(place, ["count": "\(count)"], &judging)
        }
        for (row, count) in lackingRows(children, judging) {
            let key = judging.definition(ofSheet: row.sheet).keyFields.last
            reportTooFew(
                Place(sheet: row.sheet, row: row.index, field: key),
                ["count": "\(count)", "sheet": title.text(in: "en")], &judging)
        }
    }

    private func reportTooMany(_ children: Children, _ judging: inout Judging) {
        guard let maximum else { return }
        var beyond: [(child: LinkTarget, count: Int, list: String)] = []
        for (parent, members) in crowds(children, maximum, judging) {
            let rows = members.dropFirst(maximum).filter { !$0.isKnown }
            let list = names(members.prefix(maximum), judging)
            beyond += rows.map { ($0, members.count, list) }
            // Where all who are too many are known already, the row of the parent is at fault.
            if rows.isEmpty, !parent.isKnown {
                let key = judging.definition(ofSheet: parent.sheet).keyFields.last
                reportTooMany(parent, key, members.count, maximum, "", &judging)
            }
        }
        for (child, count, list) in beyond.sorted(by: { $0.child < $1.child }) {
            reportTooMany(child, parent, count, maximum, list, &judging)
        }
    }

    private func reportTooMany(
        _ row: LinkTarget, _ field: Int?, _ count: Int, _ maximum: Int, _ list: String,
        _ judging: inout Judging
    ) {
        var detail = FindingDetail(arguments: ["max": "\(maximum)", "count": "\(count)"])
        if !list.isEmpty { detail.arguments["list"] = list }
        judging.report(
            rule.codes["many"] ?? rule.code ?? .countTooMany,
            at: Place(sheet: row.sheet, row: row.index, field: field), by: rule,
            detail: detail)
    }

    private func reportTooFew(
        _ place: Place, _ arguments: [String: String], _ judging: inout Judging
    ) {
        var detail = FindingDetail(arguments: arguments)
        detail.arguments["min"] = "\(minimum)"
        judging.report(
            rule.codes["few"] ?? rule.code ?? .countTooFew, at: place, by: rule, detail: detail)
    }
}

// Counting: nothing is reported meanwhile, so the judgement need not be copied for each parent.
extension CountPerParentRule {
    /// Parents with more children than they may have, and these.
    private func crowds(
        _ children: Children, _ maximum: Int, _ judging: Judging
    ) -> [(parent: LinkTarget, members: [LinkTarget])] {
        var crowds: [(parent: LinkTarget, members: [LinkTarget])] = []
        for parent in children.parents(withMoreThan: maximum) where isMeant(parent, judging) {
            let members = children.children(of: parent, when: condition, judging)
            guard members.count > maximum else { continue }
            // Who counted before comes first: who is new is one too many.
            let before = members.filter { countedBefore($0, of: parent, judging) }
            let new = members.filter { !countedBefore($0, of: parent, judging) }
            crowds.append((parent, before + new))
        }
        return crowds
    }

    private func countedBefore(
        _ child: LinkTarget, of parent: LinkTarget, _ judging: Judging
    ) -> Bool {
        if child.isKnown { return true }
        guard let place = judging.links.recordIndex(sheet: child.sheet, row: child.index)
        else { return false }
        let record = LinkTarget.record(place.index, sheet: place.sheet)
        return judging.links.target(of: record, field: self.parent) == parent
            && condition?.holds(record, in: judging) ?? true
    }

    /// Who some children are, by what tells those of a parent apart.
    private func names(_ children: ArraySlice<LinkTarget>, _ judging: Judging) -> String {
        guard let key = judging.plan.sheets[sheet].keyFields.last else { return "" }
        return children.prefix(FindingDetail.relatedMax).map { child in
            judging.withState(of: child, field: key) { String(decoding: $0, as: UTF8.self) }
        }.joined(separator: ", ")
    }

    /// The parents' own rows that lack children.
    private func lackingRows(
        _ children: Children, _ judging: Judging
    ) -> [(row: LinkTarget, count: Int)] {
        var lacking: [(row: LinkTarget, count: Int)] = []
        for index in parents.keys.sorted() {
            guard let position = judging.position(ofDefinition: index) else { continue }
            for row in judging.store.sheets[position].judgedRows {
                let parent = LinkTarget.row(row, sheet: position)
                guard isMeant(parent, judging) else { continue }
                let count = children.children(of: parent, when: condition, judging).count
                guard count < minimum, judging.mayLackChildren(parent),
                    knowsChildren(of: parent, judging), hasAny(parent, children, judging)
                else { continue }
                lacking.append((parent, count))
            }
        }
        return lacking
    }

    /// The first row here that refers to a record that lacks children and that no row is about.
    private func rowsOfLackingRecords(
        _ children: Children, _ judging: Judging
    ) -> [(row: LinkTarget, count: Int)] {
        guard let position = judging.position(ofDefinition: sheet) else { return [] }
        var lacking: [(row: LinkTarget, count: Int)] = []
        var seen: Set<LinkTarget> = []
        for row in judging.store.sheets[position].judgedRows {
            // Of rows that are sent back nothing comes.
            guard judging.links.isStanding(.row(row, sheet: position)),
                let record = judging.links.target(sheet: position, row: row, field: parent),
                record.isKnown, seen.insert(record).inserted,
                knowsChildren(of: record, judging), isMeant(record, judging)
            else { continue }
            let count = children.children(of: record, when: condition, judging).count
            guard count < minimum, hasAny(record, children, judging) else { continue }
            lacking.append((.row(row, sheet: position), count))
        }
        return lacking
    }

    /// Whether a parent has the children that the rule wants before it asks how many.
    func hasAny(_ parent: LinkTarget, _ children: Children, _ judging: Judging) -> Bool {
        !isIfAny || children[parent].contains { stays($0, judging) }
    }

    private func stays(_ child: LinkTarget, _ judging: Judging) -> Bool {
        guard let unlinks, !child.isKnown else { return true }
        return !unlinks.holds(child, in: judging)
    }

    /// Whether the rule speaks about the children of a parent.
    func isMeant(_ parent: LinkTarget, _ judging: Judging) -> Bool {
        guard let when = parents[judging.definitionIndex(of: parent)] else { return false }
        return when?.holds(parent, in: judging) ?? true
    }

    /// Whether all children of a parent are known: of what was there before Rowgate, only a list
    /// tells what is linked to it.
    func knowsChildren(of parent: LinkTarget, _ judging: Judging) -> Bool {
        judging.plan.definition.sheets[sheet].makesRecords
            || judging.knowsLinks(of: parent, onSheet: sheet)
    }
}
