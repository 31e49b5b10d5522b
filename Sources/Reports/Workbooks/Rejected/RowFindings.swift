import Catalogue
import Validation

/// The errors of each row of a judged store, found without looking at all of them.
struct RowFindings {
    private static let none = UInt32.max

    private let verdicts: Verdicts
    /// The first error of each row, by sheet of the store.
    private var heads: [[UInt32]]
    /// The row's next error, by index of the finding.
    private var nexts: [UInt32]
    /// Fields that have a suggestion in some row, by sheet of the store.
    private(set) var suggestedFields: [Set<Int>]

    /// - Complexity: O(findings); eight bytes a row and finding at most.
    init(_ store: RowStore, _ verdicts: Verdicts) {
        self.verdicts = verdicts
        heads = store.sheets.map { Array(repeating: Self.none, count: $0.rowCount) }
        nexts = Array(repeating: Self.none, count: verdicts.findings.count)
        suggestedFields = store.sheets.map { _ in [] }
        for index in verdicts.findings.indices.reversed() { add(index) }
    }

    private mutating func add(_ index: Int) {
        let finding = verdicts.findings[index]
        guard finding.severity == .error, let sheet = finding.place.sheet,
            let row = finding.place.row
        else { return }
        nexts[index] = heads[sheet][row]
        heads[sheet][row] = UInt32(truncatingIfNeeded: index)
        if let field = finding.place.field, verdicts.detail(of: finding)?.suggestion != nil {
            suggestedFields[sheet].insert(field)
        }
    }

    /// In the order of the columns.
    func errors(sheet: Int, row: Int) -> [Finding] {
        var errors: [Finding] = []
        var index = heads[sheet][row]
        while index != Self.none {
            errors.append(verdicts.findings[Int(index)])
            index = nexts[Int(index)]
        }
        return errors
    }
}
