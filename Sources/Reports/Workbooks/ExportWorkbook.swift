package import Catalogue
package import Portals
import Spreadsheet
package import Validation
import XLSX
package import Zip

/// The customers that are known, in the template's own shape: what somebody changes in it becomes
/// updates, and nothing else does.
///
/// A hidden column carries the id of each record that has one, so that it is found again whatever
/// its row says by then. Sheets whose rows make no records are blank: a row there asks for
/// something, and whoever changes a customer would have to change what is linked along.
package struct ExportWorkbook {
    /// Rows below the header of one sheet: all that its grid has.
    package static let rowCountMax = GridLimits.rowCountMax - 1

    private let content: TemplateContent
    /// By sheet of the Definition.
    private let rows: [KnownRows]

    /// - Parameters:
    ///   - known: Its records are what is written, in their order.
    ///   - actions: What is asked for some of them, by their ids; nothing for all others.
    ///   - messages: In the language of the workbook.
    package init(
        _ plan: ValidationPlan, known: Known, actions: [String: Action] = [:], messages: Messages
    ) {
        content = TemplateContent(plan, known: known, messages: messages)
        rows = plan.definition.sheets.map { sheet in
            let records = known.records?.records(ofSheet: sheet.id) ?? []
            return KnownRows(
                records: sheet.makesRecords
                    ? records : records.filter { $0.id.map { actions[$0] != nil } ?? false },
                sheet: sheet, language: messages.language, actions: actions)
        }
    }

    /// How many records are written.
    package var rowCount: Int { rows.reduce(0) { $0 + $1.rowCount } }

    /// The first sheet that has more records than rows, by its title; nil when all fit.
    package var tooLongSheet: String? { Self.tooLong(rows) }

    static func tooLong(_ rows: [KnownRows]) -> String? {
        rows.first { $0.rowCount > rowCountMax }.map { $0.sheet.title.text(in: $0.language) }
    }

    /// Writes the workbook.
    ///
    /// - Returns: What it was written to, flushed.
    /// - Throws: `WorkbookWriterError`; with a `tooLongSheet`, `grid`.
    package func write<Sink: ByteSink>(to sink: Sink) throws -> Sink {
        let title = content.messages.fragment(
            "export.title", ["portal": content.definition.title])
        var book = try WorkbookWriter(to: sink, title: title)
        let look = WorkbookLook(book)
        let sheets = try rows.indices.map { index in
            let layout = SheetLayout(
                templateOf: rows[index].sheet, hasIDs: rows[index].hasIDs)
            let sheet = try DataSheet(content, index: index, layout: layout, look: look)
            return TemplateSheet(sheet, filled: rows[index])
        }
        let readMe = ReadMeSheet(
            content: content, title: title, steps: steps,
            coverLines: sheets.map { ($0.coverLine, $0.coverText) }, sheets: Array(rows.indices))
        try readMe.write(to: &book, look: look)
        for sheet in sheets { try sheet.write(to: &book) }
        try HiddenSheets(content: content, kind: .export).write(to: &book)
        return try book.finish()
    }

    private var steps: [String] {
        let asksForDelete = rows.contains { $0.sheet.actions.contains(.delete) }
        let steps =
            ["export.change"] + (asksForDelete ? ["export.delete"] : [])
            + ["export.add", "read_me.required", "read_me.check", "read_me.upload"]
        return steps.map { content.messages.fragment($0) }
    }
}
