import Ledger
import Portals
import Validation

/// The rows of an upload that a page shows, with what somebody chooses from who fixes them there.
struct ShownRows: Sendable {
    /// A column of a worksheet, as people called them.
    struct Column: Hashable, Sendable {
        let sheet, title: String

        /// Nil for what is in no cell.
        init?(_ finding: UploadReport.Finding) {
            guard let sheet = finding.sheet, let title = finding.column, finding.cell != nil
            else { return nil }
            (self.sheet, self.title) = (sheet, title)
        }
    }

    /// What is searched for.
    let words: String
    let kind: ReportedRows.Kind
    /// Nil where there is no report.
    let page: ReportedRows.Page?
    /// In the order in which their columns come first.
    private(set) var choices: [(column: Column, choices: FieldChoices)] = []

    /// - Parameter query: which rows are looked at.
    init(_ query: Form, in files: ReportFiles, kind: ReportedRows.Kind?) throws {
        words = query["query"].trimmed
        self.kind = kind ?? ReportedRows.Kind(rawValue: query["kind"]) ?? .all
        page = try ReportedRows(files)?.page(
            query.pageNumber, holding: words, self.kind, rowCountMax: SiteLimits.rowsPerPage)
    }

    /// - Parameters:
    ///   - lists: what is remembered of the reseller's.
    ///   - records: finds what is known, for columns that refer to it.
    mutating func addChoices(
        _ definition: Definition, _ texts: PageTexts, _ lists: [RememberedList],
        _ records: (RecordQuery) throws -> [RecordEntry]
    ) throws {
        var seen: Set<Column> = []
        for finding in page?.rows.flatMap(\.findings) ?? [] {
            guard let column = Column(finding), seen.insert(column).inserted,
                let sheet = WorksheetName.sheet(called: column.sheet, in: definition)
            else { continue }
            let view = RecordSheet(definition: definition, sheet: sheet, texts: texts)
            let found: FieldChoices? =
                switch HeaderMatcher(sheet).meaning(of: column.title) {
                case .field(let index): try .of(index, view, lists, records)
                case .own(.action): .actions(of: sheet, texts.language)
                default: nil
                }
            if let found { choices.append((column, found)) }
        }
    }

    /// The position of what somebody chooses from in a finding's cell; nil where they type.
    func choices(for finding: UploadReport.Finding) -> Int? {
        let column = Column(finding)
        return choices.firstIndex { $0.column == column }
    }
}

extension Site {
    /// - Parameter lists: what is remembered of the reseller's; nil: only what was to fix is shown,
    ///   with nothing to choose from.
    func shownRows(
        _ query: Form, of upload: SiteUpload, _ texts: PageTexts, _ lists: [RememberedList]?
    ) async throws -> ShownRows {
        let definition = try await definition(upload.portal, for: upload.reseller)
        let scope = LedgerScope(reseller: upload.reseller, portal: upload.portal)
        let folder = configuration.uploadFolder(upload.id)
        let files = ReportFiles(of: upload, in: folder, for: texts.language)
        return try await Blocking.run { [ledger] in
            var shown = try ShownRows(query, in: files, kind: lists == nil ? .error : nil)
            guard let lists else { return shown }
            try shown.addChoices(definition, texts, lists) {
                try ledger.records($0, of: definition, in: scope).entries
            }
            return shown
        }
    }
}
