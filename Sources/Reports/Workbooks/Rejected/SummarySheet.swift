import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX
import Zip

/// The first sheet of a rejected workbook: counts, what to do next, and the problems by cause, what
/// mends most first.
struct SummarySheet {
    /// Causes in the table; a person reads the first few.
    private static let groupCountMax = 1_000
    /// Things to check and notes that are told.
    private static let noteCountMax = 50
    private static let columns: [(column: SummaryColumn, width: Int)] = [
        (.problem, 72), (.column, 26), (.value, 32), (.rows, 9), (.fixes, 16), (.suggestion, 30),
        (.useForAll, 14), (.field, 20),
    ]

    let content: TemplateContent
    let judged: JudgedWorkbook
    let text: FindingText
    let fileFindings: [FileFinding]
    let title: String
    let coverLines: [(line: CoverLine, text: String)]
    /// Which of how many workbooks, from 1; nil when it is the only one.
    let part: (number: Int, count: Int)?
    /// The sentence that says what to do with the workbook.
    let firstStep: String

    func write<Sink: ByteSink>(
        to book: inout WorkbookWriter<Sink>, look: WorkbookLook
    ) throws {
        let options = SheetOptions(try content.title(.summary)) { options in
            options.columns = Self.columns.map {
                ColumnOptions(width: Double($0.width), isHidden: $0.column == .field)
            }
            options.tabColor = CellStyle.Color(0xC00000)
            options.isLandscape = true
        }
        try book.addWorksheet(options) { sheet in
            try sheet.writeLine(title, style: look.title, height: 30)
            for cover in coverLines { try cover.line.write(cover.text, to: &sheet, look) }
            try writeCounts(&sheet, look)
            try writeSteps(&sheet, look)
            try writeNotes(&sheet, look)
            try writeGroups(&sheet, look)
        }
    }

    private func words(_ id: String, _ arguments: [String: String] = [:]) -> String {
        content.messages.fragment(id, arguments)
    }

    private func writeHeading(
        _ id: String, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        try sheet.append([])
        try sheet.writeLine(words(id), style: look.heading, height: 22)
    }

    private func writeParagraph(
        _ text: String, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let row = sheet.nextRowIndex
        let width = Self.columns.prefix(3).reduce(0) { $0 + $1.width }
        try sheet.writeLine(
            "•  " + text, style: look.paragraph, height: RowHeight.of([(text, width)]))
        sheet.merge(CellRange(rows: row...row, columns: 0...2))
    }

    private func writeCounts(_ sheet: inout WorksheetWriter, _ look: WorkbookLook) throws {
        let counts = RowCounts(judged.store, judged.verdicts)
        let told = [
            ("rows.accepted", counts.accepted), ("rows.rejected", counts.rejected),
            ("rows.unchanged", counts.unchanged), ("rows.left_out", counts.leftOut),
        ].filter { $0.1 > 0 || $0.0 == "rows.accepted" }
        let parts = told.map { "\($0.1) \(words($0.0))" }.joined(separator: " · ")
        let all = words("count.rows", ["count": String(counts.rows - counts.blank)])
        try sheet.writeLine("\(all): \(parts)", style: look.plainLine, height: 20)
        guard let part else { return }
        let line = words(
            "rejected.part", ["position": String(part.number), "count": String(part.count)])
        try sheet.writeLine(line, style: look.plainLine, height: 20)
    }

    private func writeSteps(_ sheet: inout WorksheetWriter, _ look: WorkbookLook) throws {
        try writeHeading("remedy", &sheet, look)
        for step in [firstStep, "rejected.suggestions", "rejected.for_all"] {
            try writeParagraph(words(step), &sheet, look)
        }
    }

    /// What is no error, but should be known.
    private func writeNotes(_ sheet: inout WorksheetWriter, _ look: WorkbookLook) throws {
        let ofFile = fileFindings.lazy.filter { $0.severity != .error }.map(text.rendered)
        let ofRows = judged.verdicts.findings.lazy.filter { $0.severity == .warning }
            .map { text.rendered($0) }
        let notes = Array(ofFile.prefix(Self.noteCountMax)) + ofRows.prefix(Self.noteCountMax)
        if notes.isEmpty { return }
        try writeHeading("rejected.notes", &sheet, look)
        for note in notes.prefix(Self.noteCountMax) {
            let place = namesSheets ? note.sheet.map { "\($0): " } ?? "" : ""
            try writeParagraph(place + "\(note.message) \(note.remedy)", &sheet, look)
        }
    }

    /// Whether a cell or column may be meant on more than one sheet.
    private var namesSheets: Bool { judged.store.sheets.count > 1 }
}

// The table of problems.
extension SummarySheet {
    private func writeGroups(_ sheet: inout WorksheetWriter, _ look: WorkbookLook) throws {
        let groups = ProblemGroups(judged.store, judged.verdicts, of: judged.definition).groups
        try writeHeading("column.problems", &sheet, look)
        try sheet.beginRow(height: 33)
        for (column, _) in Self.columns {
            sheet.text(column.title.text(in: content.language), style: look.tableHeader)
        }
        try sheet.endRow()
        for group in groups.prefix(Self.groupCountMax) {
            if group.isSafeForAll { try addAnswer(at: sheet.nextRowIndex, &sheet) }
            try write(group, &sheet, look)
        }
        let more = groups.count - Self.groupCountMax
        if more > 0 {
            try sheet.append([.text(words("list.more", ["count": String(more)]))])
        }
    }

    /// Asks "Use for all?" in one row.
    private func addAnswer(at row: Int, _ sheet: inout WorksheetWriter) throws {
        guard let answers = Self.columns.firstIndex(where: { $0.column == .useForAll }) else {
            return
        }
        let cells = CellRange(rows: row...row, columns: answers...answers)
        try sheet.addValidation(
            DataValidation(.choices([words("yes")])) { validation in
                validation.prompt = words("prompt.use_for_all")
                validation.error = words("prompt.yes_or_blank")
            }, to: cells)
    }

    private func write(
        _ group: ProblemGroup, _ sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let told = text.rendered(judged.verdicts.findings[group.firstFinding])
        let problem = [told.message, told.remedy].joined(separator: " ")
        let definition = judged.sheetDefinition(group.sheet)
        let field = group.field.map { definition.fields[$0] }
        let place = namesSheets ? [definition.title.text(in: content.language)] : []
        let column = place + [field?.title.text(in: content.language)].compactMap(\.self)
        let value = group.value == nil ? "" : text.value(of: group.firstFinding) ?? ""
        let suggestion = group.suggestion == nil ? "" : told.suggestion ?? ""
        try sheet.beginRow(height: RowHeight.of([(problem, 72), (value, 32), (suggestion, 30)]))
        sheet.text(problem, style: look.tableCell)
        sheet.text(column.joined(separator: ": "), style: look.tableTitle)
        sheet.text(value, style: look.tableCell)
        sheet.number(Double(group.rowCount), style: look.tableNumber)
        sheet.number(Double(group.fixesAlone), style: look.tableNumber)
        sheet.text(suggestion, style: look.tableCell)
        sheet.blank(style: group.isSafeForAll ? look.answer : look.tableCell)
        if group.isSafeForAll, let field {
            sheet.text("\(definition.id)/\(field.id)", style: look.tableCell)
        }
        try sheet.endRow()
    }
}
