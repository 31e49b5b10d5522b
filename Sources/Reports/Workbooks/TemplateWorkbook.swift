package import Catalogue
import Portals
import Spreadsheet
package import Validation
import XLSX
package import Zip

/// The blank workbook that is made from a Definition: people fill it in and see what is wrong while
/// they type.
///
/// `Read me` first, then the data sheets, then hidden lists and meta. The same Definition,
/// settings, directories and language give the same bytes.
package struct TemplateWorkbook {
    private let content: TemplateContent
    private let fill: TemplateFill?

    /// - Parameters:
    ///   - known: Settings give the choices, directories the lists; records matter with `fills`.
    ///   - messages: In the language of the workbook.
    ///   - fills: One row for every name of the directory that `known.records` lacks.
    package init(
        _ plan: ValidationPlan, known: Known, messages: Messages, fills: Bool = false
    ) {
        content = TemplateContent(plan, known: known, messages: messages)
        fill = fills ? TemplateFill(plan.definition, known: known) : nil
    }

    /// Writes the workbook.
    ///
    /// - Returns: What it was written to, flushed.
    /// - Throws: `WorkbookWriterError`: `sheetName` for titles no sheet can have, `output`.
    package func write<Sink: ByteSink>(to sink: Sink) throws -> Sink {
        let title = content.messages.fragment(
            "read_me.title", ["portal": content.definition.title])
        var book = try WorkbookWriter(to: sink, title: title)
        let look = WorkbookLook(book)
        let sheets = try content.definition.sheets.indices.map { index in
            let layout = SheetLayout(templateOf: content.definition.sheets[index])
            let sheet = try DataSheet(content, index: index, layout: layout, look: look)
            let fill = fill.flatMap { $0.sheet == index ? $0 : nil }
            return TemplateSheet(sheet, fill: fill, severalSheets: severalSheets)
        }
        let readMe = ReadMeSheet(
            content: content, title: title, steps: steps,
            coverLines: sheets.map { ($0.coverLine, $0.coverText) },
            sheets: Array(content.definition.sheets.indices))
        try readMe.write(to: &book, look: look)
        for sheet in sheets { try sheet.write(to: &book) }
        try HiddenSheets(content: content, kind: .template).write(to: &book)
        return try book.finish()
    }

    private var severalSheets: Bool { content.definition.sheets.count > 1 }

    private var steps: [String] {
        let rows = content.definition.sheets.map { sheet in
            content.messages.fragment(
                "read_me.fill",
                [
                    "sheet": sheet.title.text(in: content.language),
                    "noun": sheet.noun.text(in: content.language),
                ])
        }
        return rows
            + ["read_me.required", "read_me.check", "read_me.upload"]
            .map { content.messages.fragment($0) }
    }
}

/// One data sheet of a template: blank rows with live checks, or rows filled in already.
private struct TemplateSheet {
    let sheet: DataSheet
    let fill: TemplateFill?
    let coverLine: CoverLine
    let coverText: String
    /// What `Check` says in the rows that have something.
    private let checkTexts: [String]

    init(_ sheet: DataSheet, fill: TemplateFill?, severalSheets: Bool) {
        self.sheet = sheet
        self.fill = fill
        let rowCount = fill?.rowCount ?? 0
        let fields = sheet.definition.fields.indices
        let evaluation = LiveCheckEvaluation(sheet.checks, rowCount: rowCount) { row in
            LiveRow(
                values: fields.map { LiveValue(typed: fill?.text(row: row, field: $0) ?? "") })
        }
        checkTexts = (0..<min(rowCount, LiveChecks.rowCountMax)).map { evaluation.text(row: $0) }
        coverLine = sheet.coverLine(severalSheets: severalSheets)
        coverText = coverLine.text(sheet.count(checkTexts, rowCount: rowCount))
    }

    func write<Sink: ByteSink>(to book: inout WorkbookWriter<Sink>) throws {
        let rowCount = fill?.rowCount ?? 0
        try book.addWorksheet(sheet.options) { writer in
            try sheet.writeHeader(&writer)
            var check = sheet.checkFormula
            for row in 0..<max(rowCount, LiveChecks.rowCountMax) {
                try writer.beginRow()
                if row < rowCount { writeValues(row, &writer) } else { skipValues(&writer) }
                if row < LiveChecks.rowCountMax {
                    let says = row < checkTexts.count ? checkTexts[row] : ""
                    writer.formula(&check, saved: .text(says), style: sheet.look.own)
                }
                try writer.endRow()
            }
            try sheet.finish(&writer, rowCount: rowCount, coloursRows: true)
        }
    }

    private func skipValues(_ writer: inout WorksheetWriter) {
        writer.skip(sheet.layout.columns.count - 1)
    }

    private func writeValues(_ row: Int, _ writer: inout WorksheetWriter) {
        for field in sheet.definition.fields.indices {
            writer.text(fill?.text(row: row, field: field) ?? "", style: sheet.look.data)
        }
        if sheet.definition.hasActionColumn { writer.blank(style: sheet.look.data) }
    }
}

extension DataSheet {
    /// The formula of all rows that have a live check.
    var checkFormula: SharedFormula {
        let column = layout.index(of: .check) ?? 0
        return SharedFormula(
            LiveCheckFormula(checks).formula,
            over: CellRange(rows: 1...LiveChecks.rowCountMax, columns: column...column))
    }

    func coverLine(severalSheets: Bool) -> CoverLine {
        CoverLine(
            checks: checks, sheetName: name, checkColumn: layout.index(of: .check) ?? 0,
            messages: content.messages, prefix: severalSheets ? "\(name.text): " : "")
    }

    /// Counts rows by what their live checks say.
    func count(_ checkTexts: [String], rowCount: Int) -> CoverLine.Count {
        var count = CoverLine.Count()
        for (row, text) in checkTexts.enumerated() {
            count.add(text, rowNumber: row + 2, allRight: checks.words.allRight)
        }
        count.hasMore = rowCount > LiveChecks.rowCountMax
        return count
    }
}
