import Catalogue
import Portals

/// Rows that lie under a row that may not go: they are to be fixed first.
struct Causes: Sendable {
    /// The first ones, sheet by sheet, from the top down.
    private(set) var rows: [LinkTarget] = []
    private(set) var count = 0

    mutating func add(_ row: LinkTarget) { add(Causes(rows: [row], count: 1)) }

    mutating func add(_ other: Causes) {
        let new = other.rows.filter { !rows.contains($0) }
        count += other.count - (other.rows.count - new.count)
        rows = Array((rows + new).sorted().prefix(FindingDetail.relatedMax))
    }
}

/// What is kept while sheets are judged again without the rows that are sent back.
struct JudgingAgain: Sendable {
    /// A row that may not go now.
    struct Waiting: Sendable {
        var place: Place
        /// None where nobody can tell.
        var causes: Causes
    }

    /// What refers to what where all rows happen.
    let before: RecordLinks
    /// Whether a row sent back leaves something there that is known, or that another row makes.
    let changesTargets: Bool
    /// Sheets with such rows, by index in the Definition.
    let sheets: Set<Int>
    /// What the rule that is asked counts: sheets by their index, and what their rows are counted
    /// by.
    var counted: [(sheet: Int, field: Int)] = []
    var waiting: [Waiting] = []
    /// Rows sent back by what they refer to, or their records as they are known, made once asked
    /// for.
    private var rejectedChildren: [Place: [LinkTarget: Causes]] = [:]
    /// Rows sent back that are about something known, by sheet.
    private var rejectedKnown: [Int: Causes] = [:]

    init(_ judging: Judging) {
        before = judging.links
        changesTargets = !before.groups.isEmpty || before.isAnyKnown(among: judging.rejected)
        sheets = Set(
            judging.store.sheets.indices.filter { judging.rejected[$0].count > 0 }
                .map { judging.store.sheets[$0].definitionIndex })
    }

    /// Whether a rule may find something that it did not find before and that keeps a row back.
    func concerns(_ rule: any Rule) -> Bool {
        rule.rule.severity ?? .error == .error && sees(rule)
    }

    /// Whether things are otherwise, for what a rule looks at, without the rows sent back.
    private func sees(_ rule: any Rule) -> Bool {
        changesTargets || rule.childrenCounted.contains { sheets.contains($0.sheet) }
    }

    /// Whether a rule may find something that it did not find before and that is only pointed out.
    func concernsRemarks(_ rule: any Rule) -> Bool {
        rule.rule.severity == .warning && sees(rule)
    }

    /// The rows sent back on which it lies that a row may not go: above it, and among what is
    /// counted with it.
    fileprivate mutating func causes(of row: LinkTarget, _ judging: Judging) -> Causes {
        let parents = targets(of: row, judging)
        var causes = Causes()
        for parent in [row] + parents { addChildren(of: parent, to: &causes, judging) }
        var seen: Set<LinkTarget> = [row]
        var level = parents
        while !level.isEmpty {
            for target in level where seen.insert(target).inserted && !target.isKnown {
                if judging.rejected[target.sheet].contains(target.index) { causes.add(target) }
            }
            level = level.flatMap { targets(of: $0, judging) }.filter { !seen.contains($0) }
        }
        if causes.count == 0 { addKnown(ofSheet: row.sheet, to: &causes, judging) }
        return causes
    }

    /// Where no parent tells, it lies on what is known on the same sheet.
    private mutating func addKnown(
        ofSheet sheet: Int, to causes: inout Causes, _ judging: Judging
    ) {
        if rejectedKnown[sheet] == nil {
            var known = Causes()
            for row in judging.rejected[sheet]
            where before.recordIndex(sheet: sheet, row: row) != nil {
                known.add(.row(row, sheet: sheet))
            }
            rejectedKnown[sheet] = known
        }
        causes.add(rejectedKnown[sheet] ?? Causes())
    }

    private func targets(of target: LinkTarget, _ judging: Judging) -> [LinkTarget] {
        let fields = judging.plan.definition.sheets[judging.definitionIndex(of: target)].fields
        return fields.indices.compactMap { before.target(of: target, field: $0) }
    }

    private mutating func addChildren(
        of parent: LinkTarget, to causes: inout Causes, _ judging: Judging
    ) {
        for (sheet, field) in counted {
            guard let position = judging.position(ofDefinition: sheet) else { continue }
            let place = Place(sheet: position, field: field)
            if rejectedChildren[place] == nil {
                rejectedChildren[place] = rejected(ofSheet: position, by: field, judging)
            }
            if let children = rejectedChildren[place]?[parent] { causes.add(children) }
        }
    }

    private func rejected(
        ofSheet position: Int, by field: Int, _ judging: Judging
    ) -> [LinkTarget: Causes] {
        var rows: [LinkTarget: Causes] = [:]
        for row in judging.rejected[position] {
            let own = before.target(sheet: position, row: row, field: field)
            let known = before.recordIndex(sheet: position, row: row).flatMap {
                before.target(ofRecord: $0.index, sheet: $0.sheet, field: field)
            }
            for parent in Set([own, known].compactMap(\.self)) {
                rows[parent, default: Causes()].add(.row(row, sheet: position))
            }
        }
        return rows
    }
}

extension Judging {
    /// Keeps in mind that a row may not go without others.
    ///
    /// - Parameter related: rows that are to be fixed first, where the rule says so.
    mutating func wait(at place: Place, for related: [Place]) {
        guard let sheet = place.sheet, let row = place.row, !rejected[sheet].contains(row),
            !unchanged[sheet].contains(row), var again
        else { return }
        self.again = nil
        var causes = Causes()
        for place in related {
            guard let sheet = place.sheet, let row = place.row, rejected[sheet].contains(row) else {
                continue
            }
            causes.add(.row(row, sheet: sheet))
        }
        if causes.count == 0 { causes = again.causes(of: .row(row, sheet: sheet), self) }
        again.waiting.append(.init(place: place, causes: causes))
        self.again = again
    }
}
