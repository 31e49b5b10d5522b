import Catalogue
import Portals
import Spreadsheet
import Threads
import Validation
import XLSX
import Zip

/// One data sheet of a rejected workbook.
struct RejectedSheet {
    /// Cells with a comment, in one sheet: each is a box that Excel draws.
    private static let commentCountMax = 5_000
    /// Cells with a link, in one sheet.
    private static let linkCountMax = 20_000
    private static let problemsWidth = 70
    /// Rows whose problems are told in one go, while others are written.
    private static let rowCountAtOnce = 256

    let sheet: DataSheet
    let coverLine: CoverLine
    let coverText: String
    private let judged: JudgedWorkbook
    private let part: RejectedPart
    /// Position in the store.
    private let index: Int
    private let findings: RowFindings
    private let text: FindingText
    private let checkTexts: [String]

    init(
        _ content: TemplateContent, _ judged: JudgedWorkbook, _ part: RejectedPart, sheet: Int,
        findings: RowFindings, text: FindingText, look: WorkbookLook
    ) throws {
        let store = judged.store.sheets[sheet]
        var data = try DataSheet(
            content, index: store.definitionIndex, layout: part.layouts[sheet], look: look)
        for (position, column) in store.columns.enumerated() where column.role == .extra {
            data.extraTitles[position] = column.title
        }
        self.sheet = data
        self.judged = judged
        self.part = part
        index = sheet
        self.findings = findings
        self.text = text
        let rows = part.rows[sheet]
        let evaluation = LiveCheckEvaluation(
            data.checks, LiveRows(judged.store, rows, ofSheet: sheet))
        checkTexts = (0..<min(rows.count, LiveChecks.rowCountMax)).map { evaluation.text(row: $0) }
        coverLine = data.coverLine(severalSheets: part.rows.count { !$0.isEmpty } > 1)
        coverText = coverLine.text(data.count(checkTexts, rowCount: rows.count))
    }

    // Borrowed, not copied: every cell asks for it.
    private var store: SheetStore { _read { yield judged.store.sheets[index] } }

    /// - Parameter threadCount: Threads that tell what is wrong with the rows.
    func write<Sink: ByteSink>(
        to book: inout WorkbookWriter<Sink>, threadCount: Int
    ) throws {
        let rows = part.rows[index]
        try book.addWorksheet(sheet.options) { writer in
            try sheet.writeHeader(&writer)
            var cells = ReturnedCells(judged.store)
            var check = sheet.checkFormula
            var marks = Marks()
            var position = 0
            try forEachRow(of: rows, threadCount) { row, problems in
                let height = RowHeight.of([(problems.text, Self.problemsWidth)])
                try writer.beginRow(height: height)
                for column in sheet.layout.columns {
                    write(column, position, row, problems, &cells, &check, &writer)
                }
                try writer.endRow()
                position += 1
                try mark(problems, rowIndex: position, &marks, &writer)
            }
            try writeRest(from: rows.count, &check, &writer)
            try sheet.finish(&writer, rowCount: rows.count, coloursRows: false)
        }
    }

    /// Goes through rows, whose problems are told some rows ahead.
    private func forEachRow(
        of rows: [Int], _ threadCount: Int, _ body: (Int, RowProblems) throws -> Void
    ) throws {
        let work = OrderedWork(threadCount: threadCount) {
            [findings, index, text, verdicts = judged.verdicts] (rows: ArraySlice<Int>) in
            rows.map { row in
                let errors = findings.errors(sheet: index, row: row)
                return (row, RowProblems(errors, of: verdicts, text: text))
            }
        }
        var rest = rows[...]
        while true {
            while !rest.isEmpty, !work.isFull {
                work.submit(rest.prefix(Self.rowCountAtOnce))
                rest = rest.dropFirst(Self.rowCountAtOnce)
            }
            guard let told = work.next() else { return }
            for (row, problems) in told { try body(row, problems) }
        }
    }

    /// Live checks for rows that somebody may add.
    private func writeRest(
        from rowCount: Int, _ check: inout SharedFormula, _ writer: inout WorksheetWriter
    ) throws {
        let column = sheet.layout.index(of: .check) ?? 0
        for _ in min(rowCount, LiveChecks.rowCountMax)..<LiveChecks.rowCountMax {
            try writer.beginRow()
            writer.skip(column)
            writer.formula(&check, saved: .blank, style: sheet.look.own)
            try writer.endRow()
        }
    }

    private func write(
        _ column: SheetLayout.Column, _ position: Int, _ row: Int, _ problems: RowProblems,
        _ cells: inout ReturnedCells, _ check: inout SharedFormula,
        _ writer: inout WorksheetWriter
    ) {
        let look = sheet.look
        switch column {
        case .field(let field):
            let cell = store.cell(row: row, field: field)
            cells.write(cell, isAtFault: problems.cells[column] != nil, to: &writer)
        case .action:
            let cell = store.actionColumn.map { store.cell(row: row, column: $0) } ?? .blank
            cells.write(cell, isAtFault: problems.cells[column] != nil, to: &writer)
        case .extra(let extra):
            cells.write(store.cell(row: row, column: extra), isAtFault: false, to: &writer)
        case .check where position < LiveChecks.rowCountMax:
            writer.formula(&check, saved: .text(checkTexts[position]), style: look.own)
        case .check: writer.blank(style: look.own)
        case .originalRow: writer.number(Double(store.originalRowNumber(row)), style: look.own)
        case .problems: writer.text(problems.text, style: look.ownWords)
        case .suggestion(let field):
            writer.text(problems.suggestions[field] ?? "", style: look.ownText)
        case .useSuggestions:
            writer.blank(style: problems.suggestions.isEmpty ? look.own : look.answer)
        case .id:
            let id = judged.store.id(sheet: index, row: row) ?? ""
            writer.text(id, style: look.ownText)
        case .rowKey: writer.text(rowKey(row, problems).text, style: look.ownText)
        }
    }

    /// Remembers what stands in the cells that have a suggestion.
    private func rowKey(_ row: Int, _ problems: RowProblems) -> RowKey {
        var key = RowKey(originalRowNumber: store.originalRowNumber(row))
        for field in problems.suggestions.keys.sorted() {
            let text = judged.store.text(of: store.cell(row: row, field: field))
            key.remember(text, field: sheet.definition.fields[field].id)
        }
        return key
    }
}

// Comments and links.
extension RejectedSheet {
    /// How many the sheet has so far.
    private struct Marks {
        var commentCount = 0
        var linkCount = 0
    }

    private func mark(
        _ problems: RowProblems, rowIndex: Int, _ marks: inout Marks,
        _ writer: inout WorksheetWriter
    ) throws {
        for (columnIndex, column) in sheet.layout.columns.enumerated() {
            guard let words = problems.cells[column] else { continue }
            let cell = CellReference(rowIndex: rowIndex, columnIndex: columnIndex)
            if marks.commentCount < Self.commentCountMax {
                try writer.addComment(at: cell, text: words)
                marks.commentCount += 1
            }
            guard marks.linkCount < Self.linkCountMax, let other = problems.conflicts[column],
                let target = try target(other, from: columnIndex)
            else { continue }
            writer.addLink(at: cell, to: target.cell, on: target.sheet)
            marks.linkCount += 1
        }
    }

    /// Where the other cell of a conflict is in this workbook; nil when it is not.
    private func target(
        _ other: Place, from columnIndex: Int
    ) throws -> (cell: CellReference, sheet: SheetName)? {
        guard let sheet = other.sheet, let row = other.row,
            let number = part.rowNumber(sheet: sheet, row: row)
        else { return nil }
        let column = other.field.flatMap { part.columnIndex(sheet: sheet, field: $0) }
        return (
            CellReference(rowIndex: number - 1, columnIndex: column ?? columnIndex),
            try SheetName(part.sheetName(sheet))
        )
    }
}

extension LiveRows {
    /// Rows of a store, as the rejected workbook writes them.
    fileprivate init(_ store: RowStore, _ rows: [Int], ofSheet sheet: Int) {
        let cells = store.sheets[sheet]
        self.init(
            count: rows.count,
            value: { LiveValue(cells.cell(row: rows[$0], field: $1), in: store) },
            action: { row in
                cells.actionColumn.map {
                    LiveValue(cells.cell(row: rows[row], column: $0), in: store)
                } ?? .blank
            })
    }
}
