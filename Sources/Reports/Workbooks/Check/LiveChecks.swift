import Portals
import Validation
import XLSX

/// The live checks of one data sheet, with all that formula and evaluation need to say the same.
struct LiveChecks {
    /// Rows that have a formula, from row number 2 on.
    static let rowCountMax = 2_000
    /// Excel takes 64 levels of nesting; a check is one level and has at most 22 inside.
    static let stepCountMax = 40
    /// UTF-16 units of the longest formula (Excel specifications).
    static let formulaLengthMax = 8_192

    let sheet: SheetDefinition
    /// Column index by field.
    let columns: [Int]
    /// Column index of `Action`; nil when the sheet has none.
    let actionColumn: Int?
    let words: LiveCheckWords
    /// Those that the formula makes, in the order in which they are said: white space first, so
    /// that the others may compare values as they are.
    private(set) var checks: [LiveCheck]
    private let spellings: [Int: NameList]
    private let directories: [String: NameList]

    /// - Parameters:
    ///   - checks: Those without a list to look in, and those too many, are left to the upload.
    ///   - spellings: All words that a choice field takes, by field; open fields have none.
    init(
        _ checks: [LiveCheck], sheet: SheetDefinition, columns: [Int], actionColumn: Int?,
        words: LiveCheckWords, spellings: [Int: NameList], directories: [String: NameList]
    ) {
        self.sheet = sheet
        self.columns = columns
        self.actionColumn = actionColumn
        self.words = words
        self.spellings = spellings
        self.directories = directories
        self.checks = checks
        let usable = checks.filter { check in
            switch check {
            case .notAChoice, .notInDirectory: list(of: check) != nil
            default: true
            }
        }
        let spaces = usable.filter(\.isOuterSpace)
        self.checks = spaces + usable.filter { !$0.isOuterSpace }
        shorten()
    }

    /// The names that a check looks in.
    func list(of check: LiveCheck) -> NameList? {
        switch check {
        case .notAChoice(let field): spellings[field]
        case .notInDirectory(_, let directory): directories[directory]
        default: nil
        }
    }

    /// Whether the word that empties a field may stand in it.
    var allowsClearWord: Bool { sheet.actions.contains(.update) }

    /// Words in the `Action` column that ask for a new record, in lower case; blank does too.
    var createWords: [String] { Action.create.title.all.map { $0.lowercased() } }

    /// Leaves checks out until Excel takes the formula: white space first, then from the end.
    private mutating func shorten() {
        while true {
            let formula = LiveCheckFormula(self)
            let isFitting =
                formula.stepCount <= Self.stepCountMax
                && formula.formula.text.utf16.count <= Self.formulaLengthMax
            guard !isFitting, !checks.isEmpty else { return }
            checks.remove(at: checks.lastIndex(where: \.isOuterSpace) ?? checks.count - 1)
        }
    }
}

extension LiveCheck {
    fileprivate var isOuterSpace: Bool {
        if case .outerSpace = self { true } else { false }
    }
}
