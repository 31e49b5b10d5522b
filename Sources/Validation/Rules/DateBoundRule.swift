import Catalogue
import Portals
import Spreadsheet

/// `notBefore {today | setting | days}`: a day that has not passed, or not before one.
struct NotBeforeRule: FieldRule {
    static let kind = "notBefore"
    static let parameters = DateBound.parameters
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let bound: DateBound

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        bound = try DateBound(source)
    }

    func judge(field: Int, _ judging: inout Judging) {
        guard let day = bound.day(judging.known) else { return }
        judging.reportDays(field, condition, by: rule, ["min": day.description]) { $0 < day }
    }
}

/// `notAfter {today | setting | days}`: a day no later than one.
struct NotAfterRule: FieldRule {
    static let kind = "notAfter"
    static let parameters = DateBound.parameters
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let bound: DateBound

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        bound = try DateBound(source)
    }

    func judge(field: Int, _ judging: inout Judging) {
        guard let day = bound.day(judging.known) else { return }
        judging.reportDays(field, condition, by: rule, ["max": day.description]) { $0 > day }
    }
}

/// The day that others are compared with.
struct DateBound {
    static let parameters = ["today", "setting", "days"]

    private enum Source {
        case today
        /// A setting that is a day.
        case setting(String)
        /// A setting that is a number of days from today.
        case days(String)
    }

    private let source: Source

    init(_ rule: RuleSource) throws(DefinitionError) {
        if try rule.flag("today") {
            source = .today
        } else if rule.rule.parameters["days"] != nil {
            source = .days(try rule.setting("days"))
        } else {
            source = .setting(try rule.setting("setting"))
        }
    }

    /// Nil while the setting is not set.
    func day(_ known: Known) -> CivilDate? {
        switch source {
        case .today: return known.today
        case .setting(let name): return known.settings[name]?.text.flatMap(CivilDate.init(iso:))
        case .days(let name):
            guard let days = known.settings[name]?.integer, days > 0 else { return nil }
            return known.today.adding(days: days)
        }
    }
}

extension Judging {
    fileprivate mutating func reportDays(
        _ field: Int, _ condition: RowCondition?, by rule: RuleDefinition,
        _ arguments: [String: String], where isOut: (CivilDate) -> Bool
    ) {
        for row in rows where form(row, field) == .wellFormed && applies(condition, row) {
            guard let day = CivilDate(iso: value(row, field)), isOut(day) else { continue }
            report(
                rule.code ?? .cellOutOfRange, row, field, by: rule,
                detail: FindingDetail(arguments: arguments))
        }
    }
}
