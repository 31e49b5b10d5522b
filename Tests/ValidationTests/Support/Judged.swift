import Catalogue
import Spreadsheet

@testable import Validation

/// Verdicts, told in short texts that tables can compare.
struct Judged {
    let store: RowStore
    let verdicts: Verdicts

    /// `cell.required B2`; `row.code 2` for a row, `domain.unverified B` for a column, the code
    /// alone for the file; ` x3` when a warning stands for three cells.
    var told: [String] { verdicts.findings.map(tell) }

    /// What is told with severity error.
    var errors: [String] { verdicts.findings.filter { $0.severity == .error }.map(tell) }

    var states: [RowState] { verdicts.states[0] }

    var counts: RowCounts { RowCounts(store, verdicts) }

    var suggestions: [String?] {
        verdicts.findings.filter { $0.severity == .error }
            .map { verdicts.detail(of: $0)?.suggestion }
    }

    /// The detail of the first finding of a code.
    func detail(_ code: Code) -> FindingDetail? {
        verdicts.findings.first { $0.code == code }.flatMap { verdicts.detail(of: $0) }
    }

    /// The first places a finding is about, as people see them.
    func related(_ code: Code) -> [[String]] {
        verdicts.findings.filter { $0.code == code }
            .map { verdicts.detail(of: $0)?.related.map(cell) ?? [] }
    }

    private func tell(_ finding: Finding) -> String {
        let count = finding.severity == .error ? 0 : verdicts.detail(of: finding)?.relatedCount ?? 0
        let place = cell(finding.place)
        return finding.code.rawValue + (place.isEmpty ? "" : " \(place)")
            + (count > 1 ? " x\(count)" : "")
    }

    private func cell(_ place: Place) -> String {
        let column = place.field.map { ColumnName.letters(of: $0) } ?? ""
        let row = place.row.map { "\(store.sheets[place.sheet ?? 0].rowNumber($0))" } ?? ""
        return column + row
    }
}
