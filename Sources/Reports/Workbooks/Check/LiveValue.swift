import Spreadsheet
import Validation

/// What a live check sees in a cell, as a spreadsheet's formulas see it.
enum LiveValue: Equatable {
    case blank
    case text(String)
    /// A number or boolean, by the text that formulas take it for; a search never finds it by text.
    case other(String)
    /// An error value: whatever looks at it is an error too.
    case error

    /// The text that formulas take the cell for; empty for a blank one.
    var text: String {
        switch self {
        case .blank, .error: ""
        case .text(let text), .other(let text): text
        }
    }

    /// A cell that was typed or filled in by us.
    init(typed text: String) {
        self = text.isEmpty ? .blank : .text(text)
    }

    /// A cell as the rejected workbook writes it.
    init(_ cell: StoredCell, in store: RowStore) {
        let text = store.text(of: cell)
        switch cell.kind {
        case .blank, .formulaWithoutValue, .badSharedString, .badReference, .malformed:
            self = .blank
        case .error: self = .error
        case .boolean: self = .other(text == "1" ? "TRUE" : "FALSE")
        case .number, .date, .isoDate:
            let value = NumberText.value(of: text)
            self = value.map { .other(NumberText.shortest($0)) } ?? Self(typed: text)
        case .text, .tooLong: self = Self(typed: text)
        }
    }
}

/// The cells that live checks look at, row by row from 0.
struct LiveRows {
    let count: Int
    /// By row and field index.
    let value: (_ row: Int, _ field: Int) -> LiveValue
    var action: (_ row: Int) -> LiveValue = { _ in .blank }
}
