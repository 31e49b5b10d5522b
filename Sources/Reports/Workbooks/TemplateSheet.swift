import Portals
import Spreadsheet
import XLSX
import Zip

/// One data sheet of a template: blank rows with live checks, or rows filled in already.
struct TemplateSheet {
    let sheet: DataSheet
    /// Nil: all rows are blank.
    private let filled: (any FilledRows)?
    let coverLine: CoverLine
    let coverText: String
    /// What `Check` says in the rows that have something.
    private let checkTexts: [String]

    init(_ sheet: DataSheet, filled: (any FilledRows)?) {
        self.sheet = sheet
        self.filled = filled
        let rowCount = filled?.rowCount ?? 0
        let rows = LiveRows(count: rowCount) {
            filled?.value(row: $0, field: $1).live ?? .blank
        }
        let evaluation = LiveCheckEvaluation(sheet.checks, rows)
        checkTexts = (0..<min(rowCount, LiveChecks.rowCountMax)).map { evaluation.text(row: $0) }
        coverLine = sheet.coverLine(severalSheets: sheet.content.definition.sheets.count > 1)
        coverText = coverLine.text(sheet.count(checkTexts, rowCount: rowCount))
    }

    func write<Sink: ByteSink>(to book: inout WorkbookWriter<Sink>) throws {
        let rowCount = filled?.rowCount ?? 0
        try book.addWorksheet(sheet.options) { writer in
            try sheet.writeHeader(&writer)
            var check = sheet.checkFormula
            for row in 0..<max(rowCount, LiveChecks.rowCountMax) {
                try writer.beginRow()
                if let filled, row < rowCount {
                    write(row, of: filled, &check, &writer)
                } else {
                    writer.skip(sheet.layout.index(of: .check) ?? 0)
                    writeCheck(row, &check, &writer)
                }
                try writer.endRow()
            }
            try sheet.finish(&writer, rowCount: rowCount, coloursRows: true)
        }
    }

    private func write(
        _ row: Int, of filled: any FilledRows, _ check: inout SharedFormula,
        _ writer: inout WorksheetWriter
    ) {
        for column in sheet.layout.columns {
            switch column {
            case .field(let field):
                switch filled.value(row: row, field: field) {
                case .text(let text): writer.text(text, style: sheet.look.data)
                case .day(let serial):
                    writer.number(serial, style: writer.style(WorkbookLook.day))
                }
            case .check: writeCheck(row, &check, &writer)
            case .action: writer.text(filled.action(row: row), style: sheet.look.data)
            case .id: writer.text(filled.id(row: row), style: sheet.look.ownText)
            default: writer.blank(style: sheet.look.data)
            }
        }
    }

    private func writeCheck(
        _ row: Int, _ check: inout SharedFormula, _ writer: inout WorksheetWriter
    ) {
        guard row < LiveChecks.rowCountMax else { return writer.skip() }
        let says = row < checkTexts.count ? checkTexts[row] : ""
        writer.formula(&check, saved: .text(says), style: sheet.look.own)
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
