import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX
package import Zip

/// What differs between a portal's list and what is known, the most expensive first: what it is,
/// what to do, what it costs, where it stands. The last lines say what it costs together.
package struct ComparisonWorkbook {
    private static let columns: [(id: String, width: Double)] = [
        ("kind", 62), ("next", 62), ("name", 30), ("domain", 30), ("reference", 30),
        ("package", 16), ("price", 12), ("unit", 16), ("place", 34),
    ]
    /// Differences of one sheet; those beyond are on the next one.
    private static let rowCountMax = 1_000_000

    private let text: ComparisonText

    package init(_ text: ComparisonText) { self.text = text }

    /// Writes the workbook.
    ///
    /// - Returns: What it was written to, flushed.
    /// - Throws: `WorkbookWriterError`.
    package func write<Sink: ByteSink>(to sink: Sink) throws -> Sink {
        var book = try WorkbookWriter(to: sink, title: text.words("compare.title"))
        let look = Look(book)
        let all = text.differences.all
        let starts = stride(from: 0, to: max(all.count, 1), by: Self.rowCountMax)
        for (number, start) in starts.enumerated() {
            let rows = all[start..<min(start + Self.rowCountMax, all.count)]
            try write(
                rows, number: number + 1, isLast: start + rows.count == all.count, to: &book, look)
        }
        try writeSummary(to: &book, look)
        return try book.finish()
    }

    private struct Look {
        let header: StyleID
        let words: StyleID
        let text: StyleID
        let money: StyleID
        let sum: StyleID
        let sumMoney: StyleID

        init<Sink: ByteSink>(_ book: borrowing WorkbookWriter<Sink>) {
            let top = CellStyle.text.with { $0.vertical = .top }
            let bold = top.with { $0.font.isBold = true }
            header = book.style(CellStyle.header.with { $0.numberFormat = "@" })
            words = book.style(top.with { $0.wrapsText = true })
            text = book.style(top)
            money = book.style(top.with { $0.numberFormat = "0.00" })
            sum = book.style(bold)
            sumMoney = book.style(bold.with { $0.numberFormat = "0.00" })
        }
    }

    private func write<Sink: ByteSink>(
        _ rows: ArraySlice<Difference>, number: Int, isLast: Bool,
        to book: inout WorkbookWriter<Sink>, _ look: Look
    ) throws {
        let title = text.words("compare.sheet")
        let name = try SheetName(number == 1 ? title : "\(title) \(number)")
        let options = SheetOptions(name) { options in
            options.columns = Self.columns.map { ColumnOptions(width: $0.width) }
            options.frozenRowCount = 1
            options.isLandscape = true
        }
        try book.addWorksheet(options) { sheet in
            let titles = Self.columns.map {
                CellContent.text(text.words("compare.column.\($0.id)"))
            }
            try sheet.append(titles, style: look.header)
            for difference in rows { try write(difference, to: &sheet, look) }
            sheet.autofilter = CellRange(
                rows: 0...max(rows.count, 1), columns: 0...(Self.columns.count - 1))
            if isLast { try writeSums(to: &sheet, look) }
        }
    }

    private func write(
        _ difference: Difference, to sheet: inout WorksheetWriter, _ look: Look
    ) throws {
        let (said, next) = (text.said(difference), text.next(difference))
        let widths = Self.columns.prefix(2).map { Int($0.width) }
        try sheet.beginRow(height: RowHeight.of([(said, widths[0]), (next, widths[1])]))
        sheet.text(said, style: look.words)
        sheet.text(next, style: look.words)
        for value in [
            difference.name, difference.domain, difference.reference, difference.package,
        ] {
            sheet.text(value, style: look.text)
        }
        write(difference.price, to: &sheet, money: look.money, text: look.text)
        sheet.text(difference.place, style: look.text)
        try sheet.endRow()
    }

    /// A price that is not known says so and is no number: nothing can be summed up over it.
    private func write(
        _ price: Price?, to sheet: inout WorksheetWriter, money: StyleID, text style: StyleID
    ) {
        guard let price else { return sheet.skip(2) }
        guard let amount = price.amount else {
            sheet.text(text.messages.fragment("effects.price_unknown"), style: style)
            return sheet.skip()
        }
        var digits = amount
        digits.withUTF8 { sheet.number(lexeme: $0, style: money) }
        sheet.text(text.unit(price), style: style)
    }

    private func writeSums(to sheet: inout WorksheetWriter, _ look: Look) throws {
        if text.differences.unknownPriceCount > 0 {
            try sheet.beginRow()
            sheet.text(text.unknown, style: look.sum)
            try sheet.endRow()
        }
        for sum in text.differences.sums {
            try sheet.beginRow()
            sheet.text(text.words("compare.sum"), style: look.sum)
            sheet.skip(5)
            write(sum, to: &sheet, money: look.sumMoney, text: look.sum)
            try sheet.endRow()
        }
    }

    private func writeSummary<Sink: ByteSink>(
        to book: inout WorkbookWriter<Sink>, _ look: Look
    ) throws {
        let name = try SheetName(OwnSheet.summary.title.text(in: text.messages.language))
        let options = SheetOptions(name) { options in
            options.columns = [70, 14, 16].map { ColumnOptions(width: $0) }
        }
        try book.addWorksheet(options) { sheet in
            try sheet.append(
                [.text(text.words("compare.title")), .text(text.words("compare.column.count"))],
                style: look.header)
            for group in text.groups {
                try sheet.beginRow()
                sheet.text(group.title, style: look.text)
                sheet.number(Double(group.count))
                try sheet.endRow()
            }
            try sheet.append([])
            for line in text.summary.split(separator: "\n") where !line.hasPrefix("  ") {
                try sheet.append([.text(String(line))], style: look.sum)
            }
        }
    }
}
