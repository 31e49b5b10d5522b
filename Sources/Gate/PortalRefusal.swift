import Catalogue
import Portals
import Validation

/// A row that a portal refused, in its words.
package struct PortalRefusal: Sendable, Equatable {
    /// The sheet's id in the Definition.
    package let sheet: String
    /// As Excel counts.
    package let rowNumber: Int
    /// Empty where nobody wrote them down.
    package let words: String

    package init(sheet: String, rowNumber: Int, words: String) {
        self.sheet = sheet
        self.rowNumber = rowNumber
        self.words = words
    }
}

extension Judgement {
    /// Lets go back what a portal refused, and nothing else: the verdict was another one's.
    package mutating func giveBack(_ refusals: [PortalRefusal]) {
        guard let store, let plan, var verdicts else { return }
        verdicts.findings = []
        verdicts.details = []
        verdicts.states = store.sheets.map { Array(repeating: .unchanged, count: $0.rowCount) }
        for (position, sheet) in store.sheets.enumerated() {
            let id = plan.definition.sheets[sheet.definitionIndex].id
            for refusal in refusals where refusal.sheet == id {
                guard let row = sheet.row(withNumber: refusal.rowNumber) else { continue }
                verdicts.states[position][row] = .rejected
                let words = refusal.words
                verdicts.details.append(
                    FindingDetail(arguments: words.isEmpty ? [:] : ["reason": words]))
                verdicts.findings.append(
                    Finding(
                        code: .portalRefused, severity: .error,
                        place: Place(sheet: position, row: row),
                        detailIndex: verdicts.details.count - 1))
            }
        }
        findings = []
        self.verdicts = verdicts
    }
}
