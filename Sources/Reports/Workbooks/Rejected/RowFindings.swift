import Catalogue
import Validation

/// The errors of each row of a judged store, found without looking at all of them.
struct RowFindings {
    /// An error by its row and its index among the findings.
    private typealias Spot = (row: UInt32, index: UInt32)

    private let verdicts: Verdicts
    /// The errors of all rows from the top down, by sheet of the store.
    private var spots: [[Spot]]
    /// Fields that have a suggestion in some row, by sheet of the store.
    private(set) var suggestedFields: [Set<Int>]

    /// - Complexity: O(n log n) of findings; eight bytes each.
    init(_ store: RowStore, _ verdicts: Verdicts) {
        self.verdicts = verdicts
        spots = store.sheets.map { _ in [] }
        suggestedFields = store.sheets.map { _ in [] }
        for index in verdicts.findings.indices { add(index) }
        // Findings come by the rows of the first upload.
        for sheet in spots.indices { spots[sheet].sort { $0 < $1 } }
    }

    private mutating func add(_ index: Int) {
        let finding = verdicts.findings[index]
        guard finding.severity == .error, let sheet = finding.place.sheet,
            let row = finding.place.row
        else { return }
        spots[sheet].append(
            (UInt32(truncatingIfNeeded: row), UInt32(truncatingIfNeeded: index)))
        if let field = finding.place.field, verdicts.detail(of: finding)?.suggestion != nil {
            suggestedFields[sheet].insert(field)
        }
    }

    /// In the order of the columns.
    func errors(sheet: Int, row: Int) -> [Finding] {
        let spots = spots[sheet]
        let first = spots.firstPosition { $0.row >= row }
        return spots[first...].prefix { $0.row == row }.map { verdicts.findings[Int($0.index)] }
    }
}

extension Array {
    /// The first position from which on something holds, for all of which it holds to the end.
    ///
    /// - Complexity: O(log count).
    func firstPosition(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
