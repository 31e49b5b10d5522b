import Catalogue
import Portals

/// A kind of rule: one file in `Rules/`, one line in `RuleKinds`.
protocol Rule: Sendable {
    /// The word after `rule:` in a Definition.
    static var kind: String { get }
    /// The keys it takes beside the common ones.
    static var parameters: [String] { get }
    /// The words for its several findings, under `codes`.
    static var codeWords: [String] { get }
    /// Sheets whose known records it looks at one and all, by index in the Definition.
    var sheetsReadWhole: [Int] { get }
    /// Sheets whose rows and records it counts by what a field of them refers to.
    var childrenCounted: [(sheet: Int, field: Int)] { get }
    /// Fields whose values it looks for among known records.
    var valuesLookedUp: [ValueLookup] { get }
    /// As the Definition writes it.
    var rule: RuleDefinition { get }
    /// When it speaks about a row; nil: always.
    var condition: RowCondition? { get }
    /// Compiles the rule.
    /// - Throws: `DefinitionError` when a parameter is missing or makes no sense.
    init(_ source: RuleSource) throws(DefinitionError)
}

/// Fields of a sheet's rows, and those of another's known records among which they are looked for.
struct ValueLookup: Sendable {
    let sheet: Int
    let fields: [Int]
    let other: Int
    let otherFields: [Int]

    /// - Parameter other: index of the records' sheet in the Definition.
    init(sheet: Int, fields: [Int], among other: Int, otherFields: [Int]) {
        (self.sheet, self.fields) = (sheet, fields)
        (self.other, self.otherFields) = (other, otherFields)
    }
}

/// A rule on the cells of one column.
protocol FieldRule: Rule {
    static var phase: RulePhase { get }
    /// Whether its answer for a row depends on other rows: on what the row refers to, mostly.
    var readsOtherRows: Bool { get }
    func judge(field: Int, _ judging: inout Judging)
    func liveCheck(field: Int) -> LiveCheck?
}

/// A rule on the rows of a sheet.
protocol SheetRule: Rule {
    /// Judges the rows beside each other.
    func judge(_ judging: inout Judging)
    /// Judges them beside the rows of other sheets. Asked also when the workbook lacks the sheet;
    /// else it is the one being judged.
    func judgeAcrossSheets(_ judging: inout Judging)
    /// Judges them beside what is known, when all else that keeps rows out has been found.
    func judgeAgainstKnown(_ judging: inout Judging)
    func liveCheck() -> LiveCheck?
}

/// When a rule is judged.
enum RulePhase {
    /// Decides whether a value is well formed at all.
    case form
    /// Judges well-formed values only.
    case meaning
    /// Looks at what was suggested for other columns.
    case comparison
    /// Looks at what is said of rows that were settled before: those of sheets further up.
    case parents
    /// Speaks of rows that nothing keeps out.
    case accepted

    /// Whether it is asked again where rows are sent back.
    var looksAtOthers: Bool { self == .meaning || self == .parents }
}

extension Rule {
    static var codeWords: [String] { [] }
    var sheetsReadWhole: [Int] { [] }
    var childrenCounted: [(sheet: Int, field: Int)] { [] }
    var valuesLookedUp: [ValueLookup] { [] }
}

extension FieldRule {
    var readsOtherRows: Bool { condition?.asksParents ?? false }
    func liveCheck(field: Int) -> LiveCheck? { nil }
}

extension SheetRule {
    func judge(_ judging: inout Judging) {}
    func judgeAcrossSheets(_ judging: inout Judging) {}
    func judgeAgainstKnown(_ judging: inout Judging) {}
    func liveCheck() -> LiveCheck? { nil }
}

extension RuleDefinition {
    /// The severity that its findings of a code have.
    func severity(of code: Code) -> Severity { severity ?? code.severity }
}
