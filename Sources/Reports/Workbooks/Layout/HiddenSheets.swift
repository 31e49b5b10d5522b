import Portals
import Spreadsheet
import Validation
import XLSX
import Zip

/// The sheets nobody needs to look at: lists for dropdowns and live checks, and what Rowgate reads
/// when the workbook comes back.
struct HiddenSheets {
    /// What a workbook is, as its meta sheet says.
    enum Kind: String {
        case template, rejected, export
    }

    let content: TemplateContent
    let kind: Kind

    func write<Sink: ByteSink>(to book: inout WorkbookWriter<Sink>) throws {
        if !content.lists.all.isEmpty { try writeLists(to: &book) }
        try writeMeta(to: &book)
    }

    private func writeLists<Sink: ByteSink>(to book: inout WorkbookWriter<Sink>) throws {
        let lists = content.lists.all
        let text = book.style(.text)
        let options = SheetOptions(try content.title(.lists)) { options in
            options.visibility = .hidden
            options.columns = lists.flatMap { list in
                let column = ColumnOptions(width: 34, style: text)
                return list.descriptions.isEmpty ? [column] : [column, column]
            }
        }
        try book.addWorksheet(options) { sheet in
            try sheet.append(lists.flatMap(Self.titles(of:)), style: text)
            for row in 0..<(lists.map(\.names.count).max() ?? 0) {
                try sheet.beginRow()
                for list in lists { Self.write(list, row: row, to: &sheet, text) }
                try sheet.endRow()
            }
        }
        var columnIndex = 0
        for list in lists {
            let cells = CellRange(
                rows: 1...list.names.count, columns: columnIndex...columnIndex)
            book.define(
                list.definedName, as: "\(options.name)\(fixed: cells)", isHidden: true)
            columnIndex += list.descriptions.isEmpty ? 1 : 2
        }
    }

    private static func titles(of list: NameList) -> [CellContent] {
        [.text(list.title)] + (list.descriptions.isEmpty ? [] : [.blank])
    }

    private static func write(
        _ list: NameList, row: Int, to sheet: inout WorksheetWriter, _ style: StyleID
    ) {
        sheet.text(row < list.names.count ? list.names[row] : "", style: style)
        guard !list.descriptions.isEmpty else { return }
        sheet.text(row < list.names.count ? list.descriptions[row] : "", style: style)
    }

    private func writeMeta<Sink: ByteSink>(to book: inout WorkbookWriter<Sink>) throws {
        // Rows that go back have the words of the template they came in.
        let version = content.definition.templateVersion ?? content.definition.version
        let values: [(MetaKey, String)] = [
            (.portal, content.definition.portal), (.version, String(version)),
            (.language, content.language), (.kind, kind.rawValue),
        ]
        let options = SheetOptions(try content.title(.meta)) { $0.visibility = .veryHidden }
        let text = book.style(.text)
        try book.addWorksheet(options) { sheet in
            for (key, value) in values {
                try sheet.append([.text(key.rawValue), .text(value)], style: text)
            }
        }
    }
}
