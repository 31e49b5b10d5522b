import Catalogue
package import Portals
package import Validation

/// The problems of a workbook by cause: each code, column and value once, what mends most first.
///
/// Ordered by the rows that nothing else keeps out, by rows, and as they come in the workbook.
package struct ProblemGroups: Sendable {
    /// At most so many values are told apart, to bound memory; further ones of a column and code
    /// stand together in one group without a value.
    package static let groupCountMax = 100_000
    /// Bytes of a value that is told apart: nobody mends a longer one by its group, and comparing
    /// one in every row would take the time of a large file for a small one.
    static let valueSizeMax = 1_000

    package private(set) var groups: [ProblemGroup] = []

    /// Groups the errors of a judged store; warnings and notes keep no row out.
    ///
    /// - Complexity: O(findings) time; four bytes for every row, and the groups.
    package init(
        _ store: RowStore, _ verdicts: Verdicts, of definition: Definition,
        groupCountMax: Int = Self.groupCountMax
    ) {
        var grouping = Grouping(store, verdicts, countMax: groupCountMax)
        for index in verdicts.findings.indices { grouping.add(index) }
        groups = grouping.counted().sorted { $0.comesBefore($1) }
        for (index, group) in groups.enumerated() {
            guard group.suggestion != nil, group.value != nil, let field = group.field else {
                continue
            }
            let sheet = definition.sheets[store.sheets[group.sheet].definitionIndex]
            groups[index].isSafeForAll = sheet.isSafeForAll(sheet.fields[field])
        }
    }
}

/// The first pass over the findings: who belongs where.
private struct Grouping {
    private struct Key: Hashable {
        var place: Place
        var code: String
        /// Nil: all values, once there are too many of them.
        var value: String?
    }

    /// What keeps a row out: a group, nothing, or more than one.
    private static let nothing: Int32 = -1
    private static let several: Int32 = -2

    private let store: RowStore
    private let verdicts: Verdicts
    private let countMax: Int
    private var positions: [Key: Int] = [:]
    private var groups: [ProblemGroup] = []
    /// The row each group met last: a row counts once a group.
    private var lastRows: [Int] = []
    private var causes: [[Int32]]

    init(_ store: RowStore, _ verdicts: Verdicts, countMax: Int) {
        self.store = store
        self.verdicts = verdicts
        self.countMax = countMax
        causes = store.sheets.map { Array(repeating: Self.nothing, count: $0.rowCount) }
    }

    mutating func add(_ findingIndex: Int) {
        let finding = verdicts.findings[findingIndex]
        guard finding.severity == .error, let sheet = finding.place.sheet,
            let row = finding.place.row
        else { return }
        let suggestion = verdicts.detail(of: finding)?.suggestion
        let position = position(of: finding, sheet, row, findingIndex, suggestion)
        if groups[position].suggestion != suggestion { groups[position].suggestion = nil }
        let cause = Int32(truncatingIfNeeded: position)
        let before = causes[sheet][row]
        causes[sheet][row] = before == Self.nothing || before == cause ? cause : Self.several
        if lastRows[position] == row { return }
        lastRows[position] = row
        groups[position].rowCount += 1
        if groups[position].sampleRows.count < FindingDetail.relatedMax {
            groups[position].sampleRows.append(row)
        }
    }

    private mutating func position(
        of finding: Finding, _ sheet: Int, _ row: Int, _ findingIndex: Int, _ suggestion: String?
    ) -> Int {
        let field = finding.place.field
        var key = Key(
            place: Place(sheet: sheet, field: field), code: finding.code.rawValue,
            value: field.flatMap { value(sheet, row, $0) })
        if let position = positions[key] { return position }
        if groups.count >= countMax {
            key.value = nil
            if let position = positions[key] { return position }
        }
        positions[key] = groups.count
        lastRows.append(-1)
        groups.append(
            ProblemGroup(
                code: finding.code, sheet: sheet, field: field, value: key.value,
                suggestion: suggestion, firstFinding: findingIndex))
        return groups.count - 1
    }

    private func value(_ sheet: Int, _ row: Int, _ field: Int) -> String? {
        let value = store.text(sheet: sheet, row: row, field: field)
        return value.utf8.count <= ProblemGroups.valueSizeMax ? value : nil
    }

    /// The groups with the rows that each of them would free alone.
    func counted() -> [ProblemGroup] {
        var groups = groups
        for cause in causes.joined() where cause >= 0 { groups[Int(cause)].fixesAlone += 1 }
        return groups
    }
}
