import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX
import Zip

/// The sheet that explains a workbook: how far it is, how to fill it in, every column in plain
/// words, examples.
struct ReadMeSheet {
    /// Characters that fit in a line of a paragraph, which spans the first three columns.
    private static let paragraphWidth = columnWidths.prefix(3).reduce(0, +)
    /// Column, required, what to fill in, and as many examples as there are.
    private static let columnWidths = [30, 14, 64]
    private static let exampleWidth = 30

    let content: TemplateContent
    let title: String
    /// Paragraphs on what to do, before the sheets are told.
    let steps: [String]
    /// The live line of each data sheet, with what it says now.
    let coverLines: [(line: CoverLine, text: String)]
    /// The sheets to explain.
    let sheets: [Int]

    func write<Sink: ByteSink>(
        to book: inout WorkbookWriter<Sink>, look: WorkbookLook
    ) throws {
        let options = SheetOptions(try content.title(.readMe)) { options in
            options.columns = (Self.columnWidths + exampleWidths)
                .map { ColumnOptions(width: Double($0)) }
            options.isLandscape = true
        }
        try book.addWorksheet(options) { sheet in
            try sheet.writeLine(title, style: look.title, height: 30)
            for cover in coverLines { try cover.line.write(cover.text, to: &sheet, look) }
            try heading("read_me.how", &sheet, look)
            for step in steps { try paragraph("•  " + step, &sheet, look) }
            for index in sheets { try write(sheet: index, &sheet, look) }
        }
    }

    private var exampleCount: Int {
        sheets.map { content.definition.sheets[$0].examples.count }.max() ?? 0
    }

    private var exampleWidths: [Int] {
        Array(repeating: Self.exampleWidth, count: exampleCount)
    }

    private func words(_ id: String, _ arguments: [String: String] = [:]) -> String {
        content.messages.fragment(id, arguments)
    }
}

// Lines.
extension ReadMeSheet {
    private func heading(
        _ id: String, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        try sheet.append([])
        try sheet.writeLine(words(id), style: look.heading, height: 22)
    }

    /// Merged cells don't grow with their text, so the height is told.
    private func paragraph(
        _ text: String, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let row = sheet.nextRowIndex
        let height = RowHeight.of([(text, Self.paragraphWidth)])
        try sheet.writeLine(text, style: look.paragraph, height: height)
        sheet.merge(CellRange(rows: row...row, columns: 0...2))
    }
}

// Data sheets.
extension ReadMeSheet {
    private func write(
        sheet index: Int, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let definition = content.definition.sheets[index]
        try sheet.append([])
        let title = definition.title.text(in: content.language)
        try sheet.writeLine(title, style: look.heading, height: 22)
        for text in definition.readMe {
            try paragraph(text.text(in: content.language), &sheet, look)
        }
        try sheet.append([])
        try writeTableHeader(definition, &sheet, look)
        for (position, field) in definition.fields.enumerated() {
            try write(field, sheet: index, position, &sheet, look)
        }
        if definition.hasActionColumn { try writeAction(definition, &sheet, look) }
    }

    private func writeTableHeader(
        _ definition: SheetDefinition, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let examples = definition.examples.indices.map {
            words("read_me.example", ["position": String($0 + 1)])
        }
        let titles = ["read_me.column", "read_me.needed", "read_me.what"].map { words($0) }
        try sheet.append((titles + examples).map(CellContent.text), style: look.tableHeader)
    }

    private func write(
        _ field: Field, sheet index: Int, _ position: Int, _ sheet: inout WorksheetWriter,
        _ look: WorkbookLook
    ) throws {
        let explanation = explanation(of: field, sheet: index, position)
        try sheet.beginRow(height: RowHeight.of([(explanation, Self.columnWidths[2])]))
        sheet.text(field.title.text(in: content.language), style: look.tableTitle)
        sheet.text(words(field.isRequired ? "required" : "optional"), style: look.tableCell)
        sheet.text(explanation, style: look.tableCell)
        for example in content.definition.sheets[index].examples {
            let value = example[field.id] ?? ""
            sheet.text(field.written(value, in: content.language), style: look.tableCell)
        }
        try sheet.endRow()
    }

    private func writeAction(
        _ definition: SheetDefinition, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let choices = definition.actions.map { $0.title.text(in: content.language) }
        let explanation = definition.actionPrompt(content.messages) + " " + told(choices)
        try sheet.beginRow(height: RowHeight.of([(explanation, Self.columnWidths[2])]))
        sheet.text(OwnColumn.action.title.text(in: content.language), style: look.tableTitle)
        sheet.text(words("optional"), style: look.tableCell)
        sheet.text(explanation, style: look.tableCell)
        for _ in definition.examples { sheet.blank(style: look.tableCell) }
        try sheet.endRow()
    }

    /// The field's prompt, and what there is to choose from.
    private func explanation(of field: Field, sheet: Int, _ position: Int) -> String {
        let prompt = [field.prompt?.text(in: content.language)].compactMap(\.self)
        let choices = content.lists.choices(sheet: sheet, field: position).map { told($0.names) }
        return (prompt + [choices].compactMap(\.self)).joined(separator: " ")
    }

    private func told(_ choices: [String]) -> String {
        let named = Array(choices.prefix(12))
        let list = content.messages.joined(named, total: choices.count)
        return words("read_me.choices", ["list": list])
    }
}
