import Spreadsheet

/// Rows that a data sheet of a template has already.
protocol FilledRows {
    var rowCount: Int { get }

    /// What stands in a field of a row.
    func value(row: Int, field: Int) -> FilledValue

    /// What exports call the row's record by; empty for nothing.
    func id(row: Int) -> String

    /// What the row asks for; empty for what a blank cell asks for.
    func action(row: Int) -> String
}

extension FilledRows {
    func id(row: Int) -> String { "" }
    func action(row: Int) -> String { "" }
}

/// What stands in a cell of such a row.
enum FilledValue: Equatable {
    /// Nothing when it is empty.
    case text(String)
    /// A day, as workbooks that count from 1900 keep it.
    case day(serial: Double)

    /// What live checks see of it.
    var live: LiveValue {
        switch self {
        case .text(let text): LiveValue(typed: text)
        case .day(let serial): .other(NumberText.shortest(serial))
        }
    }
}
