import Catalogue
package import Spreadsheet
import XML
package import Zip

/// A workbook open for reading: `.xlsx`, `.xlsm` and templates, Transitional or Strict.
///
/// Opening reads the list of sheets and the styles; shared strings are read with the first sheet.
/// Parts are found by relationships alone, never by their usual names. One thread at a time.
///
///     let workbook = try Workbook(opening: FileSource(opening: path))
///     for sheet in workbook.sheets where sheet.visibility == .visible {
///         let reader = try workbook.open(sheet)
///     }
package final class Workbook {
    /// In the workbook's order, hidden and missing ones too; at least one.
    package let sheets: [SheetInfo]
    /// Whether the file may carry macros. They are never looked at; whether such files are wanted
    /// is for others to say.
    package let isMacroEnabled: Bool
    package let dateSystem: DateSystem
    /// A cell's `formatIndex` counts in these.
    package let styles: CellStyles
    /// The texts that cells share; empty until the first sheet is opened, or when the workbook has
    /// none. Loops over cells take a copy of the value first, which costs nothing.
    package private(set) var sharedStrings = TextTable()
    /// Bytes that the shared texts take in the file; 0 when there are none.
    package var sharedStringsSize: Int {
        Int(clamping: package.entry(.sharedStrings)?.compressedSize ?? 0)
    }
    /// Called with the bytes of them that were taken in so far.
    package var onStrings: (Int) -> Void = { _ in }
    private var sharedStringCount = 0

    private let package: WorkbookPackage
    private let limits: WorkbookLimits
    private let parallelism: Parallelism
    private var areStringsRead = false
    private var tooLongIds: Set<UInt32> = []

    /// Opens a workbook.
    ///
    /// - Parameters:
    ///   - name: the file's name, which tells only Office's lock files (`~$…`); may be empty.
    ///   - parallelism: how much of sheets and strings is read at once.
    /// - Throws: what the file is instead, or what is wrong with it: `file.*`, `type.*`, `zip.*`,
    ///   `xml.*`, `styles.*`, `workbook.no_workbook_part`, `workbook.no_visible_sheet` (no sheet at
    ///   all), `workbook.too_many_sheets`.
    package init(
        opening source: any ByteSource, name: String = "", limits: WorkbookLimits = .upload,
        parallelism: Parallelism = Parallelism()
    ) throws(WorkbookError) {
        package = try WorkbookPackage(opening: source, name: name, limits: limits)
        self.limits = limits
        self.parallelism = parallelism
        isMacroEnabled = package.isMacroEnabled
        let part = WorkbookPartHandler(countMax: limits.sheetCountMax)
        try package.archive.read(package.workbookEntry, with: part, limits: limits)
        try Self.judge(part, named: package.workbookEntry.name, limits: limits)
        dateSystem = part.dateSystem
        sheets = Self.sheets(of: part, in: package)
        if let entry = package.entry(.styles) {
            styles = try CellStyles(reading: entry, in: package.archive, limits: limits)
        } else {
            styles = CellStyles()
        }
    }

    /// Begins to read a worksheet, whose rows and cells have to be in order.
    ///
    /// - Throws: `workbook.sheet_missing` when it has no part or is no worksheet; `sst.too_large`;
    ///   what reading the strings throws.
    package func open(_ sheet: SheetInfo) throws(WorkbookError) -> WorksheetReader {
        try open(sheet, order: .strict)
    }

    /// Begins to read a worksheet whose cells are taken as they are written: rows in any order,
    /// cells twice or in another row's element, wrong row numbers.
    ///
    /// - Throws: as `open`.
    package func openAsWritten(_ sheet: SheetInfo) throws(WorkbookError) -> WorksheetReader {
        try open(sheet, order: .asWritten)
    }

    /// The first target outside of the package that the workbook itself names, such as another
    /// workbook or a connection to a database; nil when there is none. It is never opened.
    package var outsideLink: String? { package.relationships.outsideLink }

    /// The same for a sheet: links to files and shares, objects of other programs.
    ///
    /// - Throws: what is wrong with the part that says so: `zip.*`, `xml.*`.
    package func outsideLink(of sheet: SheetInfo) throws(WorkbookError) -> String? {
        guard let name = sheet.partName else { return nil }
        return try Relationships(of: PartName.of(name), in: package.archive, limits: limits)
            .outsideLink
    }

    /// Hands over the texts that cells share: the workbook keeps none, so that they can grow where
    /// they are. It goes on reading sheets whose cells count in them.
    package func takeSharedStrings() -> TextTable {
        defer { sharedStrings = TextTable() }
        return sharedStrings
    }

    private func open(
        _ sheet: SheetInfo, order: WorksheetRows.Order
    ) throws(WorkbookError) -> WorksheetReader {
        guard let name = sheet.partName, sheet.kind == .worksheet,
            let entry = package.archive.entry(named: name)
        else {
            throw WorkbookError(
                .workbookSheetMissing, part: sheet.partName,
                found: sheet.missing?.rawValue ?? "a \(sheet.kind.rawValue)",
                expected: "a worksheet")
        }
        try readSharedStrings()
        let values = CellValueRules(
            styles: styles, sharedStringCount: sharedStringCount, tooLongIds: tooLongIds)
        let limits = limits
        let handler = WorksheetHandler(
            WorksheetRows(values: values, limits: limits, order: order))
        let part = RecordReading<WorksheetRows>(
            try PartReading(of: entry, in: package.archive, handler: handler, limits: limits),
            mark: .row, parallelism: parallelism
        ) { piece in
            let handler = WorksheetHandler(
                WorksheetRows(values: values, limits: limits, order: order, isPiece: true))
            return piece.isPlain(for: handler, limits) ? handler.rows : nil
        }
        return WorksheetReader(handler: handler, part: part)
    }

    private func readSharedStrings() throws(WorkbookError) {
        guard !areStringsRead else { return }
        if let entry = package.entry(.sharedStrings) {
            let limits = limits
            let handler = SharedStringsHandler(limits: limits)
            let part = RecordReading<SharedStringsHandler.Strings>(
                try PartReading(of: entry, in: package.archive, handler: handler, limits: limits),
                mark: .sharedString, parallelism: parallelism
            ) { piece in
                let handler = SharedStringsHandler(limits: limits)
                return piece.isPlain(for: handler, limits) ? handler.strings : nil
            }
            while !part.isAtEnd {
                try part.step { handler.join($0) }
                onStrings(part.sizeRead)
            }
            if handler.isTooLarge { throw handler.excess(in: entry.name) }
            sharedStrings = handler.table
            sharedStringCount = sharedStrings.count
            tooLongIds = handler.tooLongIds
        }
        areStringsRead = true
    }

    private static func judge(
        _ part: WorkbookPartHandler, named name: String, limits: WorkbookLimits
    ) throws(WorkbookError) {
        guard part.root == .workbook else {
            let code: Code = part.root == .betaWorkbook ? .typeUnsupported : .typeNotSpreadsheet
            throw WorkbookPackage.error(code, part: name)
        }
        guard !part.sheets.isEmpty else {
            throw WorkbookError(
                .workbookNoVisibleSheet, part: name, found: "no sheets", expected: "one at least")
        }
        guard part.sheets.count <= limits.sheetCountMax else {
            throw WorkbookError(
                .workbookTooManySheets, part: name, found: "more sheets",
                expected: "at most \(limits.sheetCountMax)")
        }
    }

    private static func sheets(
        of part: WorkbookPartHandler, in package: WorkbookPackage
    ) -> [SheetInfo] {
        part.sheets.enumerated().map { index, sheet in
            var info = SheetInfo(
                name: sheet.name, index: index, visibility: sheet.visibility, kind: .worksheet,
                partName: nil, missing: nil)
            package.locate(relationshipId: sheet.relationshipId, in: &info)
            return info
        }
    }
}

extension PartPiece {
    /// Reads the piece through a handler of its own.
    fileprivate func isPlain(for handler: any XMLHandler, _ limits: WorkbookLimits) -> Bool {
        withTerminatedDocument { XMLParser.readPlain($0, handler: handler, limits: limits.xml) }
    }
}

extension WorkbookPackage {
    /// The part of a kind that the workbook belongs with; nil when it names none, or one that is
    /// not there.
    fileprivate func entry(_ kind: Relationships.Kind) -> ZipEntry? {
        relationships.first(kind).flatMap { entry(of: $0) }
    }

    fileprivate func entry(of relationship: Relationships.Relationship) -> ZipEntry? {
        archive.entry(named: PartName.resolve(relationship.target, from: workbookPart))
    }

    /// Finds a sheet's part, or why there is none.
    fileprivate func locate(relationshipId: String, in sheet: inout SheetInfo) {
        guard let relationship = relationships.relationship(id: relationshipId),
            let kind = relationship.kind.sheetKind
        else {
            sheet.missing = .noRelationship
            return
        }
        sheet.kind = kind
        let part = relationship.isExternal ? nil : entry(of: relationship)
        sheet.partName = part?.name
        sheet.size = Int(clamping: part?.compressedSize ?? 0)
        if sheet.partName == nil { sheet.missing = relationship.isExternal ? .external : .noPart }
    }
}

extension Relationships.Kind {
    fileprivate var sheetKind: SheetInfo.Kind? {
        switch self {
        case .worksheet: .worksheet
        case .chartsheet: .chartsheet
        case .dialogsheet: .dialogsheet
        case .xlMacrosheet, .xlIntlMacrosheet: .macrosheet
        case .officeDocument, .sharedStrings, .styles, .vbaProject: nil
        }
    }
}
