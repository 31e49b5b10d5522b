/// A plain value of a Definition or a settings file.
package indirect enum Value: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number with a fraction, as it was written.
    case decimal(String)
    case text(String)
    case list([Value])
    /// Members in the order in which they were written.
    case table([Member])

    /// One name and value of a table.
    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: Value

        package init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    package subscript(name: String) -> Value? {
        guard case .table(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The value as a text, for scalars.
    package var text: String? {
        switch self {
        case .text(let text), .decimal(let text): text
        case .integer(let number): String(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .list, .table: nil
        }
    }

    package var list: [Value]? {
        guard case .list(let members) = self else { return nil }
        return members
    }

    package var boolean: Bool? {
        guard case .boolean(let flag) = self else { return nil }
        return flag
    }

    package var integer: Int? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}
