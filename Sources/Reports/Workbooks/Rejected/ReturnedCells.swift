import Spreadsheet
import Validation
import XLSX

/// Writes cells as they came: text stays text, numbers keep their digits and format, formulas leave
/// their value.
struct ReturnedCells {
    /// Days between the origins of the two date systems.
    private static let daysBetweenSystems = 1_462.0

    private let store: RowStore
    /// Styles by number format and whether the cell is at fault.
    private var styles: [Int: StyleID] = [:]

    init(_ store: RowStore) { self.store = store }

    mutating func write(
        _ cell: StoredCell, isAtFault: Bool, to sheet: inout WorksheetWriter
    ) {
        let style = style(of: cell, isAtFault: isAtFault, &sheet)
        switch cell.kind {
        // What these held is not known; a raw index or reference would pass for a value.
        case .blank, .formulaWithoutValue, .badSharedString, .badReference, .malformed:
            sheet.blank(style: style)
        case .text, .tooLong:
            store.texts.withBytes(of: cell.textID) { sheet.text($0, style: style) }
        case .number:
            store.texts.withBytes(of: cell.textID) { sheet.number(lexeme: $0, style: style) }
        case .date: writeDate(cell, style, to: &sheet)
        case .isoDate: writeISODate(cell, style, to: &sheet)
        case .boolean: sheet.boolean(store.text(of: cell) == "1", style: style)
        case .error: sheet.error(store.text(of: cell), style: style)
        }
    }

    /// Our workbooks count from 1900.
    private func writeDate(
        _ cell: StoredCell, _ style: StyleID, to sheet: inout WorksheetWriter
    ) {
        if store.dateSystem == .excel1904, let serial = NumberText.value(of: store.text(of: cell)) {
            sheet.number(serial + Self.daysBetweenSystems, style: style)
        } else {
            store.texts.withBytes(of: cell.textID) { sheet.number(lexeme: $0, style: style) }
        }
    }

    private func writeISODate(
        _ cell: StoredCell, _ style: StyleID, to sheet: inout WorksheetWriter
    ) {
        let text = store.text(of: cell)
        if let date = SerialDate(isoText: text, system: .excel1900) {
            sheet.number(date.serial, style: style)
        } else {
            sheet.text(text, style: style)
        }
    }

    private mutating func style(
        of cell: StoredCell, isAtFault: Bool, _ sheet: inout WorksheetWriter
    ) -> StyleID {
        let isNumeric = [.number, .date, .isoDate].contains(cell.kind)
        let key = (isNumeric ? Int(cell.formatIndex) + 1 : 0) * 2 + (isAtFault ? 1 : 0)
        if let style = styles[key] { return style }
        let format = isNumeric ? numberFormat(cell) : CellStyle.text.numberFormat
        let style = sheet.style(
            isAtFault
                ? WorkbookLook.fault(numberFormat: format)
                : CellStyle.plain.with { style in
                    style.numberFormat = format
                    style.vertical = .top
                })
        styles[key] = style
        return style
    }

    private func numberFormat(_ cell: StoredCell) -> String {
        let index = Int(cell.formatIndex)
        return index < store.formats.count ? store.formats[index] : CellStyle.plain.numberFormat
    }
}
