package import Catalogue
import Portals
package import Validation
import XLSX
package import Zip

/// The rows to fix, in a workbook that says cell by cell what is wrong and can be uploaded again.
///
/// The same template, `Summary` first. Values stand as they came. More rows than one workbook takes
/// are written as several, each of which can be uploaded alone.
package struct RejectedWorkbook {
    /// Rows of one workbook: a person can still work with it.
    package static let rowCountMax = 100_000

    private let judged: JudgedWorkbook
    private let content: TemplateContent
    private let fileFindings: [FileFinding]
    private let holdsAllRows: Bool
    /// What to do with it, first of all.
    private let firstStep: String
    private let findings: RowFindings
    /// All rows, by sheet of the store.
    private let rows: [[Int]]
    private let rowCountMax: Int

    /// - Parameters:
    ///   - messages: In the language of the workbook.
    ///   - fileFindings: Said on `Summary`, as far as they are no errors.
    ///   - holdsAllRows: Rows that are ready too, because nothing of the upload was accepted.
    ///   - isRemembered: Whether the rows that are ready are known when it comes again.
    ///   - rowCountMax: Rows of one workbook, at least 1.
    package init(
        _ judged: JudgedWorkbook, plan: ValidationPlan, known: Known, messages: Messages,
        fileFindings: [FileFinding] = [], holdsAllRows: Bool = false, isRemembered: Bool = true,
        rowCountMax: Int = RejectedWorkbook.rowCountMax
    ) {
        self.judged = judged
        self.rowCountMax = rowCountMax
        self.fileFindings = fileFindings
        self.holdsAllRows = holdsAllRows
        firstStep =
            isRemembered || holdsAllRows || !judged.hasRejectedBelowReady
            ? "rejected.next" : "rejected.next_with_list"
        content = TemplateContent(plan, known: known, messages: messages)
        findings = RowFindings(judged.store, judged.verdicts)
        rows = judged.verdicts.states.map { states in
            states.indices.filter {
                states[$0] == .rejected || holdsAllRows && states[$0] != .leftOut
            }
        }
    }

    /// Whether a list of so many names is in it, for people to choose from.
    package static func showsList(ofCount count: Int) -> Bool { NameList.fits(count) }

    /// Rows in all workbooks together.
    package var rowCount: Int { rows.reduce(0) { $0 + $1.count } }

    /// How many workbooks it takes; 0 when there is no row to fix.
    package var partCount: Int { (rowCount + rowCountMax - 1) / rowCountMax }

    /// Writes one of the workbooks.
    ///
    /// - Parameters:
    ///   - part: From 0, below `partCount`.
    ///   - threadCount: Threads that tell what is wrong, and that compress.
    /// - Returns: What it was written to, flushed.
    /// - Throws: `WorkbookWriterError`; `MessagesError` for a rule's text whose braces do not fit.
    package func write<Sink: ByteSink>(
        part: Int, to sink: Sink, threadCount: Int = 1
    ) throws -> Sink {
        let held = rejectedPart(part)
        let title = content.messages.fragment(
            "rejected.title", ["portal": content.definition.title])
        var book = try WorkbookWriter(to: sink, title: title, threadCount: threadCount)
        let look = WorkbookLook(book)
        let text = try FindingText(judged, messages: content.messages, addresses: held)
        let sheets = try held.rows.indices.filter { !held.rows[$0].isEmpty }.map { index in
            try RejectedSheet(
                content, judged, held, sheet: index, findings: findings, text: text, look: look)
        }
        let summary = SummarySheet(
            content: content, judged: judged, text: text, fileFindings: fileFindings,
            title: title, coverLines: sheets.map { ($0.coverLine, $0.coverText) },
            part: partCount > 1 ? (part + 1, partCount) : nil,
            firstStep: holdsAllRows ? "rejected.nothing_taken" : firstStep)
        try summary.write(to: &book, look: look)
        for sheet in sheets { try sheet.write(to: &book, threadCount: threadCount) }
        try readMe(title, sheets.map(\.sheet.index)).write(to: &book, look: look)
        try HiddenSheets(content: content, kind: .rejected).write(to: &book)
        return try book.finish()
    }

    private func readMe(_ title: String, _ sheets: [Int]) -> ReadMeSheet {
        ReadMeSheet(
            content: content, title: title,
            steps: [firstStep, "rejected.suggestions", "read_me.required", "read_me.check"]
                .map { content.messages.fragment($0) },
            coverLines: [], sheets: sheets)
    }

    /// The rows with numbers from `part * rowCountMax` on, over all sheets.
    private func rejectedPart(_ part: Int) -> RejectedPart {
        var before = part * rowCountMax
        var room = rowCountMax
        let rows = rows.map { rows in
            let kept = rows.dropFirst(before).prefix(room)
            before = max(0, before - rows.count)
            room -= kept.count
            return Array(kept)
        }
        let store = judged.store
        return RejectedPart(
            rows: rows, layouts: store.sheets.indices.map(layout),
            names: store.sheets.indices.map { sheet in
                judged.sheetDefinition(sheet).title.text(in: content.language)
            })
    }

    /// Fields, `Action`, the reseller's own columns, then Rowgate's.
    private func layout(sheet: Int) -> SheetLayout {
        let store = judged.store.sheets[sheet]
        let definition = judged.sheetDefinition(sheet)
        let filledIn = SheetLayout.filledIn(definition, hasAction: store.actionColumn != nil)
        let extra = store.columns.indices.filter { store.columns[$0].role == .extra }
        let suggested = findings.suggestedFields[sheet].sorted()
        return SheetLayout(
            filledIn + extra.map { .extra($0) } + [.check, .originalRow, .problems]
                + suggested.map { .suggestion($0) }
                + (suggested.isEmpty ? [] : [.useSuggestions])
                + (store.hasIDs ? [.id] : []) + [.rowKey])
    }
}
