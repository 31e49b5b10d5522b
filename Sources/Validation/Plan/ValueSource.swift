import Portals

/// Where a rule takes a value from, made ready to be asked of many rows.
enum ValueSource: Sendable {
    case field(Int)
    case setting(String)
    case constant(String)
    /// By index of the sheet that a field refers to, the field there.
    case parent(Int, [Int: Int])

    var isOfParent: Bool {
        if case .parent = self { true } else { false }
    }
}

/// What records say that refer to the rule's rows.
struct ChildValues: Sendable {
    /// Their sheet's index in the Definition.
    let sheet: Int
    /// The field of theirs that refers to the rows.
    let parent: Int
    let field: Int
}

/// A whole number of a rule, or a setting that may hold one.
enum NumberSource: Sendable {
    case number(Int)
    case setting(String)

    /// Nil while the setting is not set.
    func value(_ settings: Settings) -> Int? {
        switch self {
        case .number(let number): number
        case .setting(let name): settings[name]?.integer
        }
    }
}

extension Judging {
    /// The value that a rule asks for; empty where there is none.
    func value(of source: ValueSource, _ row: Int) -> String {
        switch source {
        case .field(let field): return value(row, field)
        case .setting(let name): return settings[name]?.text ?? ""
        case .constant(let text): return text
        case .parent(let field, let fields):
            guard let target = links.target(sheet: sheet, row: row, field: field),
                let other = fields[definitionIndex(of: target)]
            else { return "" }
            return withState(of: target, field: other) { String(decoding: $0, as: UTF8.self) }
        }
    }
}
