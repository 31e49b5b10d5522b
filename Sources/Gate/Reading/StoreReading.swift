import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX

/// Fills a `RowStore` sheet by sheet and keeps what there is to say about structure.
struct StoreReading {
    let workbook: Workbook
    let definition: Definition
    let progress: (Int) -> Void

    private(set) var findings: [FileFinding] = []
    private var store = RowStore()
    /// Position in `store.formats` by the workbook's style.
    private var formatPositions: [UInt16: UInt16] = [:]
    private var rowCount = 0
    /// What is wrong with headers, said only if it matters: see `finish`.
    private var missingHeaders: [(findings: [FileFinding], hasRows: Bool)] = []
    private var answers: SummaryAnswers?

    init(workbook: Workbook, definition: Definition, progress: @escaping (Int) -> Void) {
        self.workbook = workbook
        self.definition = definition
        self.progress = progress
        store.formats = [""]
        store.dateSystem = workbook.dateSystem
    }

    mutating func read(_ assignment: SheetAssignment) throws(WorkbookError) {
        if store.texts.count == 0 { store.texts = try workbook.sharedStrings() }
        let sheet = definition.sheets[assignment.sheet]
        guard let match = assignment.match else {
            let missing = HeaderFindings.missing(in: sheet, name: assignment.info.name, match: nil)
            missingHeaders.append((missing, try hasAnything(assignment.info)))
            return
        }
        let headers = HeaderFindings(sheet: sheet, name: assignment.info.name, match: match)
        findings += headers.findings
        var rows = SheetRows(
            assignment: assignment, match: match, fieldCount: sheet.fields.count)
        let reader = try workbook.open(assignment.info)
        var batch = RowBatch()
        while try reader.next(into: &batch) {
            try rows.take(batch, into: &store.texts) { format($0) }
            progress(rowCount + rows.sheet.rowCount)
        }
        findings += rows.finish(merges: reader.merges)
        var returned = rows.returned
        if answers == nil { answers = try SummaryAnswers(workbook) }
        returned.apply(answers, to: &rows.sheet, at: store.sheets.count, of: sheet, &store)
        rowCount += rows.sheet.rowCount
        store.sheets.append(rows.sheet)
        missingHeaders.append((headers.missing, rows.sheet.rowCount > 0))
    }

    /// Missing columns matter on sheets with filled rows, or everywhere when no sheet has any.
    mutating func finish() -> RowStore {
        let anyRows = missingHeaders.contains { $0.hasRows }
        for (missing, hasRows) in missingHeaders where hasRows || !anyRows { findings += missing }
        if !anyRows, !missingHeaders.isEmpty {
            findings.append(FileFinding(.sheetNoRows, sheet: store.sheets.first?.name))
        }
        return store
    }

    private func hasAnything(_ info: SheetInfo) throws(WorkbookError) -> Bool {
        var batch = RowBatch()
        return try workbook.open(info).next(into: &batch)
    }

    /// The position of a style's number format in the store.
    private mutating func format(_ style: UInt16) -> UInt16 {
        if let position = formatPositions[style] { return position }
        let code = workbook.styles.numberFormatCode(at: style)
        let known = store.formats.firstIndex(of: code == "General" ? "" : code)
        let position = UInt16(clamping: known ?? store.formats.count)
        if known == nil { store.formats.append(code) }
        formatPositions[style] = position
        return position
    }
}
