extension Settings {
    /// Those that say something else than others, as a settings file says them; empty when none do.
    package func yaml(besides others: Settings) -> String {
        members.filter { member in
            others[member.name]?.withoutNulls != member.value.withoutNulls
        }.map { "\(Value.key($0.name)):\($0.value.lines)\n" }.joined()
    }

    /// All of them, as a settings file says them.
    package var yaml: String { yaml(besides: Settings()) }
}

extension Value {
    /// The same without members that say nothing.
    fileprivate var withoutNulls: Value {
        switch self {
        case .list(let members): .list(members.map(\.withoutNulls))
        case .table(let members):
            .table(
                members.filter { $0.value != .null }.map {
                    Member($0.name, $0.value.withoutNulls)
                })
        default: self
        }
    }

    /// Behind a key: a list of tables has a line for each.
    fileprivate var lines: String {
        guard case .list(let members) = self, members.contains(where: \.isTable) else {
            return " \(inOneLine)"
        }
        return members.map { "\n  - \($0.withoutNulls.inOneLine)" }.joined()
    }

    private var isTable: Bool {
        if case .table = self { return true }
        return false
    }

    private var inOneLine: String {
        switch self {
        case .null: return "null"
        case .text(let text): return Self.quoted(text)
        case .boolean, .integer, .decimal: return text ?? "null"
        case .list(let members): return "[\(members.map(\.inOneLine).joined(separator: ", "))]"
        case .table(let members):
            let pairs = members.map { "\(Self.key($0.name)): \($0.value.inOneLine)" }
            return "{\(pairs.joined(separator: ", "))}"
        }
    }

    fileprivate static func key(_ name: String) -> String {
        // A name such as `null` or `true` would be read as a value.
        name.isIdentifier && Value(plain: name) == .text(name) ? name : quoted(name)
    }

    /// In double quotes: the one form in which YAML takes any text on one line (YAML 1.2, 7.3.1).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case " ": quoted += " "
            default:
                if scalar.properties.generalCategory.isPrinted {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                }
            }
        }
        return quoted + "\""
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isPrinted: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        default: true
        }
    }
}
