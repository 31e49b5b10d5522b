import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX

/// Fills a `RowStore` sheet by sheet and keeps what there is to say about structure.
struct StoreReading {
    let workbook: Workbook
    let definition: Definition
    let meter: ReadingMeter

    private(set) var findings: [FileFinding] = []
    private var store = RowStore()
    private var formats: NumberFormatTable
    /// What is wrong with headers, said only if it matters: see `finish`.
    private var missingHeaders: [(findings: [FileFinding], hasRows: Bool)] = []
    private var answers: SummaryAnswers?

    init(workbook: Workbook, definition: Definition, meter: ReadingMeter) {
        self.workbook = workbook
        self.definition = definition
        self.meter = meter
        formats = NumberFormatTable(workbook.styles)
        store.dateSystem = workbook.dateSystem
    }

    /// Filled rows so far.
    private(set) var rowCount = 0

    /// - Parameter rowCountMax: filled rows of all sheets, after which nothing more is read.
    mutating func read(
        _ assignment: SheetAssignment, rowCountMax: Int
    ) throws(WorkbookError) {
        let sheet = definition.sheets[assignment.sheet]
        guard let match = assignment.match else {
            let missing = HeaderFindings.missing(in: sheet, name: assignment.info.name, match: nil)
            missingHeaders.append((missing, try hasAnything(assignment.info)))
            return
        }
        let headers = HeaderFindings(sheet: sheet, name: assignment.info.name, match: match)
        findings += headers.findings
        // The header alone is refused: a store of such rows would be too large to hold.
        if headers.findings.contains(where: { $0.code == .workbookTooManyColumns }) { return }
        var rows = SheetRows(
            assignment: assignment, match: match, fieldCount: sheet.fields.count)
        if answers == nil { answers = try SummaryAnswers(workbook) }
        let reader = try workbook.open(assignment.info)
        if store.texts.count == 0 { store.texts = workbook.takeSharedStrings() }
        var batch = RowBatch()
        let countBefore = rowCount
        while rowCount <= rowCountMax, try reader.next(into: &batch) {
            try rows.take(batch, into: &store.texts, &formats)
            rowCount = countBefore + rows.sheet.rowCount
            meter.note(sizeRead: reader.sizeRead, rowCount: rows.sheet.rowCount)
        }
        if rowCount > rowCountMax { return }
        let structure = rows.finish(
            merges: reader.merges, lacksColumns: !headers.missing.isEmpty)
        findings += structure + Self.tooManyMerges(in: reader, of: assignment.info)
        let returned = rows.returned
        returned.apply(answers, to: &rows.sheet, at: store.sheets.count, of: sheet, &store)
        meter.end(assignment.info, rowCount: rows.sheet.rowCount)
        store.sheets.append(rows.sheet)
        // Columns hidden by a merged header are not missing too.
        let isMerged = structure.contains { $0.code == .headerMerged }
        missingHeaders.append((isMerged ? [] : headers.missing, rows.sheet.rowCount > 0))
    }

    /// Ranges that were not kept may lie over any row, so none of the sheet's can be trusted.
    private static func tooManyMerges(
        in reader: WorksheetReader, of info: SheetInfo
    ) -> [FileFinding] {
        let countMax = WorkbookLimits.upload.mergedRangeCountMax
        guard reader.mergeCount > countMax else { return [] }
        return [
            FileFinding(
                .sheetTooManyMerges, sheet: info.name, found: "\(reader.mergeCount)",
                arguments: ["max": "\(countMax)"])
        ]
    }

    /// Missing columns matter on sheets with filled rows, or everywhere when no sheet has any.
    mutating func finish() -> RowStore {
        let anyRows = missingHeaders.contains { $0.hasRows }
        for (missing, hasRows) in missingHeaders where hasRows || !anyRows { findings += missing }
        if !anyRows, !missingHeaders.isEmpty {
            findings.append(FileFinding(.sheetNoRows, sheet: store.sheets.first?.name))
        }
        store.formats = formats.codes
        return store
    }

    private func hasAnything(_ info: SheetInfo) throws(WorkbookError) -> Bool {
        var batch = RowBatch()
        return try workbook.open(info).next(into: &batch)
    }
}
