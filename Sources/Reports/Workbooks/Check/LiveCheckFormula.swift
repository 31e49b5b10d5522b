import Validation
import XLSX

/// The formula of a `Check` column: blank for a blank row, else what the first failing check says.
///
/// It is the same text in every row. Cells are named by `INDEX($B:$B,ROW())` alone, because whole
/// columns stay what they are when cells are pasted, cut, sorted or deleted. Functions are those of
/// Excel 2010 that LibreOffice has too, and none of them makes an array, which the two handle
/// differently. `LiveCheckEvaluation` says the same in Swift: change both together.
struct LiveCheckFormula {
    private let checks: LiveChecks

    /// One condition and what is said when it holds.
    private typealias Step = (condition: Formula, says: Formula)

    init(_ checks: LiveChecks) { self.checks = checks }

    /// Levels of `IF` that the checks make.
    var stepCount: Int { checks.checks.reduce(0) { $0 + steps(of: $1).count } }

    var formula: Formula {
        let steps = checks.checks.flatMap(steps(of:))
        let ok: Formula = "\(text: checks.words.allRight)"
        let chain = steps.reversed().reduce(ok) { rest, step in
            "IF(\(step.condition),\(step.says),\(rest))"
        }
        let error: Formula = "\(text: checks.words.errorValue)"
        return "IFERROR(IF(\(isBlankRow),\"\",\(chain)),\(error))"
    }

    private func value(_ field: Int) -> Formula { cell(checks.columns[field]) }

    private func cell(_ column: Int) -> Formula { "INDEX(\(column: column),ROW())" }

    private var isBlankRow: Formula {
        let values = checks.columns.map(cell)
        let all = values.dropFirst().reduce(values.first ?? "\"\"") { "\($0)&\($1)" }
        return "TRIM(CLEAN(SUBSTITUTE(\(all),\(text: "\u{A0}"),\" \")))=\"\""
    }
}

// What each check asks.
extension LiveCheckFormula {
    private func steps(of check: LiveCheck) -> [Step] {
        let value = value(check.field)
        let says = checks.words.sentence(check).formula()
        switch check {
        case .missing: return [(isMissing(value), says)]
        case .outerSpace:
            let first: Formula = "FIND(LEFT(\(value)&\".\"),\(Self.spaces))"
            let last: Formula = "FIND(RIGHT(\".\"&\(value)),\(Self.spaces))"
            return [("COUNT(\(first),\(last))>0", says)]
        case .notPlainText: return [(isNotPlain(value), says)]
        case .notAnAddress: return [(judged(value, isNoAddress(value)), says)]
        case .tooLong(_, let maximum): return [("LEN(\(value))>\(maximum)", says)]
        case .notAChoice: return [(judged(value, isNotIn(check, value)), says)]
        case .mustEqual(_, let other):
            let other = self.value(other)
            let differs: Formula = "IF(\(other)=\"\",FALSE,NOT(EXACT(\(value),\(other))))"
            return [(judged(value, differs), says)]
        case .duplicate: return duplicateSteps(check, value)
        case .notInDirectory: return directorySteps(check, value)
        }
    }

    /// Whole numbers stand for their digits. Dates are numbers to a formula, and pass.
    private func isNotPlain(_ value: Formula) -> Formula {
        let isFormula: Formula = "AND(LEFT(\(value))=\"=\",LEN(\(value))>1)"
        let hasControls: Formula = "LEN(CLEAN(\(value)))<>LEN(\(value))"
        let isNoWholeNumber: Formula =
            "IF(ISNUMBER(\(value)),\(value)<>INT(\(value)),ISLOGICAL(\(value)))"
        return "IF(ISTEXT(\(value)),OR(\(isFormula),\(hasControls)),\(isNoWholeNumber))"
    }

    /// A condition on a value that stands there and means itself.
    private func judged(_ value: Formula, _ condition: Formula) -> Formula {
        guard checks.allowsClearWord else { return "IF(\(value)=\"\",FALSE,\(condition))" }
        return "IF(OR(\(value)=\"\",\(value)=\"(clear)\"),FALSE,\(condition))"
    }

    /// On an update a blank cell leaves the value as it is.
    private func isMissing(_ value: Formula) -> Formula {
        let isBlank: Formula = "TRIM(\(value))=\"\""
        guard let column = checks.actionColumn else { return isBlank }
        let action: Formula = "LOWER(TRIM(\(cell(column))))"
        let asks = checks.createWords.reduce("\(action)=\"\"" as Formula) { asks, word in
            "\(asks),\(action)=\(text: word)"
        }
        return "AND(\(isBlank),OR(\(asks)))"
    }

    /// Never true for an address that a judge takes; `EmailAddress` knows more.
    private func isNoAddress(_ value: Formula) -> Formula {
        let stripped = LiveAddress.forbidden.reduce(value) { rest, text in
            "SUBSTITUTE(\(rest),\(text: text),\"\")"
        }
        let domainDot: Formula = "FIND(\".\",\(value),FIND(\"@\",\(value)&\"@\")+2)"
        return """
            OR(LEN(\(stripped))<LEN(\(value)),\
            LEN(SUBSTITUTE(\(value),\"@\",\"\"))<>LEN(\(value))-1,\
            LEFT(\(value))=\"@\",LEFT(\(value))=\".\",RIGHT(\(value))=\".\",\
            ISERROR(\(domainDot)))
            """
    }

    /// Not among a list's names, letter for letter unless names differ by case alone.
    private func isNotIn(_ check: LiveCheck, _ value: Formula) -> Formula {
        guard let list = checks.list(of: check) else { return "FALSE" }
        let match: Formula = "MATCH(\(searched(value)),\(list.definedName),0)"
        if list.hasCaseTwins { return "ISERROR(\(match))" }
        return "IFERROR(NOT(EXACT(INDEX(\(list.definedName),\(match)),\(value))),TRUE)"
    }

    private func directorySteps(_ check: LiveCheck, _ value: Formula) -> [Step] {
        guard case .notInDirectory(let field, let directory) = check,
            let list = checks.list(of: check)
        else { return [] }
        let match: Formula = "MATCH(\(searched(value)),\(list.definedName),0)"
        let unknown = judged(value, "ISERROR(\(match))")
        let says = checks.words.sentence(check).formula()
        if list.hasCaseTwins { return [(unknown, says)] }
        let name: Formula = "INDEX(\(list.definedName),\(match))"
        let otherCase = checks.words.otherCase(field: field, directory: directory)
        return [
            (unknown, says),
            (
                judged(value, "NOT(EXACT(\(name),\(value)))"),
                otherCase.formula([.suggestion: name])
            ),
        ]
    }

    /// The first row with the value, when that is a row before; else the next one after this row.
    private func duplicateSteps(_ check: LiveCheck, _ value: Formula) -> [Step] {
        let column = checks.columns[check.field]
        let first: Formula = "MATCH(\(searched(value)),\(column: column),0)"
        let below: Formula = "INDEX(\(column: column),ROW()+1):INDEX(\(column: column),1048576)"
        let next: Formula = "MATCH(\(searched(value)),\(below),0)"
        let sentence = checks.words.sentence(check)
        return [
            (judged(value, "IFERROR(\(first)<ROW(),FALSE)"), sentence.formula([.row: first])),
            (judged(value, "ISNUMBER(\(next))"), sentence.formula([.row: "(ROW()+\(next))"])),
        ]
    }

    /// A value as `MATCH` looks for it: its wildcards stand for themselves.
    private func searched(_ value: Formula) -> Formula {
        "SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(\(value),\"~\",\"~~\"),\"*\",\"~*\"),\"?\",\"~?\")"
    }

    /// What trimming cuts: space, no-break space, TAB and line ends.
    private static let spaces: Formula = "\(text: " \u{A0}")&CHAR(9)&CHAR(10)&CHAR(13)"
}
