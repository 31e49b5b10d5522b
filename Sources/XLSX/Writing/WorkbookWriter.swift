package import Zip

/// Writes a workbook: worksheets one after another, then what belongs to all of them.
///
/// ```swift
/// var book = try WorkbookWriter(to: MemorySink(), title: "Customers")
/// let header = book.style(.header)
/// try book.addWorksheet(SheetOptions(SheetName("Customers"))) { sheet in
///     try sheet.append(["Company Name", "Email Address"], style: header)
///     try sheet.append(["acme.uk.service", "ann@acme.example"])
/// }
/// let archive = try book.finish().bytes
/// ```
/// The same calls give the same bytes: there is no clock in the file. Memory grows with the number
/// of styles, and with comments, links and validations of the sheet being written, not with rows.
/// After an error the workbook is lost.
package struct WorkbookWriter<Sink: ByteSink>: ~Copyable {
    private let parts: PackageWriter<Sink>
    private let styles = StyleTable()
    private let strings = SharedStringTable()
    private let title: String
    private var part = WorkbookPart()
    private var relationships = RelationshipList()
    /// Comments of all sheets share the ids of shapes.
    private var nextShapeBlock = 1
    private var commentPartCount = 0

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - title: The document's title in its properties; empty for none.
    ///   - threadCount: Threads that compress. The bytes do not depend on it.
    /// - Throws: `output`.
    package init(
        to sink: Sink, title: String = "", level: CompressionLevel = .default, threadCount: Int = 1
    ) throws(WorkbookWriterError) {
        parts = PackageWriter(to: sink, level: level, threadCount: threadCount)
        self.title = title
        // First, because programs that guess a file's type look at the first entry's name.
        try parts.write(DocumentProperties.packageRelationships, of: "")
    }

    /// The id of a style, for cells of all sheets.
    package func style(_ style: CellStyle) -> StyleID { styles.id(of: style) }

    /// Gives a range or formula a name.
    ///
    /// - Parameter isHidden: Whether people do not see the name in lists.
    package mutating func define(_ name: DefinedName, as formula: Formula, isHidden: Bool = false) {
        part.names.append(.init(name: name, formula: formula, isHidden: isHidden))
    }

    /// Writes a worksheet: `rows` is called once, between its beginning and its end.
    ///
    /// - Throws: `sheetName` when the name is taken, what `rows` throws, `rowOrder`, `output`.
    package mutating func addWorksheet(
        _ options: SheetOptions, rows: (inout WorksheetWriter) throws -> Void
    ) throws {
        let isSelected = try part.add(options)
        let number = part.sheets.count
        let name = "xl/worksheets/sheet\(number).xml"
        _ = relationships.add("worksheet", target: "worksheets/sheet\(number).xml")
        try parts.begin(name, contentType: ContentType.worksheet)
        var sheet = WorksheetWriter(options, to: parts, styles: styles, strings: strings)
        sheet.begin(isSelected: isSelected)
        try rows(&sheet)
        var sheetRelationships = RelationshipList()
        let drawing = sheet.extras.comments.isEmpty ? nil : "vmlDrawing\(commentPartCount + 1).vml"
        let drawingID = drawing.map {
            sheetRelationships.add("vmlDrawing", target: "../drawings/\($0)")
        }
        try sheet.end(drawingID: drawingID)
        try parts.end()
        part.setFilter(sheet.autofilter)
        if drawing != nil {
            try writeComments(of: sheet.extras, relatedBy: &sheetRelationships)
        }
        try parts.write(sheetRelationships, of: name)
    }

    private mutating func writeComments(
        of extras: SheetExtras, relatedBy relationships: inout RelationshipList
    ) throws(WorkbookWriterError) {
        commentPartCount += 1
        let comments = CommentParts(extras.comments, firstBlock: nextShapeBlock)
        nextShapeBlock = comments.nextBlock
        let name = "comments\(commentPartCount).xml"
        _ = relationships.add("comments", target: "../\(name)")
        try parts.write("xl/\(name)", contentType: ContentType.comments) {
            comments.writeTexts(to: &$0)
        }
        try parts.write("xl/drawings/vmlDrawing\(commentPartCount).vml") {
            comments.writeBoxes(to: &$0)
        }
    }

    /// Writes what belongs to all sheets and closes the archive. Without it there is no workbook.
    ///
    /// - Returns: What the workbook was written to, flushed.
    /// - Throws: `noVisibleSheet`, `output`.
    package consuming func finish() throws(WorkbookWriterError) -> Sink {
        try part.check()
        let (part, title) = (part, title)
        let styles = StylesPart(styles)
        try parts.write("xl/workbook.xml", contentType: ContentType.workbook) {
            part.write(to: &$0)
        }
        try parts.write("xl/styles.xml", contentType: ContentType.styles) { styles.write(to: &$0) }
        _ = relationships.add("styles", target: "styles.xml")
        try writeStrings()
        try parts.write(relationships, of: "xl/workbook.xml")
        try parts.write("docProps/core.xml", contentType: ContentType.coreProperties) {
            DocumentProperties.writeCore(title: title, to: &$0)
        }
        try parts.write("docProps/app.xml", contentType: ContentType.extendedProperties) {
            DocumentProperties.writeExtended(to: &$0)
        }
        return try parts.finish()
    }

    private mutating func writeStrings() throws(WorkbookWriterError) {
        guard strings.count > 0 else { return }
        let parts = parts
        _ = relationships.add("sharedStrings", target: "sharedStrings.xml")
        try parts.begin("xl/sharedStrings.xml", contentType: ContentType.sharedStrings)
        try strings.write { (xml) throws(WorkbookWriterError) in try parts.flush(&xml) }
        try parts.end()
    }
}
