package import Catalogue
import Portals
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
            return TemplateSheet(sheet, filled: fill)
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
