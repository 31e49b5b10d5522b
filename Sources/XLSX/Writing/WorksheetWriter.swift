import Spreadsheet
import XML

/// Writes one worksheet, row after row, cell after cell.
///
/// Rows gather in a buffer that goes to the archive in blocks, so that memory does not grow with
/// rows. Comments, links and the like may be added at any time; they are kept until the sheet ends.
/// Cells never fail: what is wrong with a row is thrown by `endRow`.
package struct WorksheetWriter: ~Copyable {
    /// A buffer of this size goes to the archive; a row is never cut in two.
    static let blockSize = 1 << 17

    /// The row to come when nothing else is said; counts from 0.
    package private(set) var nextRowIndex = 0

    let options: SheetOptions
    let sink: any PartSink
    let styles: StyleTable
    let strings: SharedStringTable
    var xml = XMLWriter(capacity: WorksheetWriter.blockSize * 2)
    var extras = SheetExtras()

    var isRowOpen = false
    /// The column of the next cell; counts from 0.
    var columnIndex = 0
    /// The digits of the row being written, which every cell's reference ends with.
    var rowDigits = PackedText()
    /// The letters of the columns from A on, as far as cells were written.
    var columnNames: [PackedText] = []
    /// The first thing wrong with the row being written.
    var failure: WorkbookWriterError?

    init(
        _ options: SheetOptions, to sink: any PartSink, styles: StyleTable,
        strings: SharedStringTable
    ) {
        self.options = options
        self.sink = sink
        self.styles = styles
        self.strings = strings
    }

    /// The id of a style, for any cell of the workbook.
    package func style(_ style: CellStyle) -> StyleID { styles.id(of: style) }
}

/// Rows.
extension WorksheetWriter {
    /// Begins a row; rows left out stay empty.
    ///
    /// - Parameters:
    ///   - index: Counts from 0; nil for the row behind the one before.
    ///   - height: In points; nil for the reader's own.
    ///   - style: The style of cells that are not written.
    /// - Throws: `rowOrder`.
    package mutating func beginRow(
        index: Int? = nil, height: Double? = nil, isHidden: Bool = false, style: StyleID = .plain
    ) throws(WorkbookWriterError) {
        let index = index ?? nextRowIndex
        guard !isRowOpen, index >= nextRowIndex, index < GridLimits.rowCountMax else {
            throw error(
                .rowOrder, found: "row \(index + 1)", expected: "a row after \(nextRowIndex)")
        }
        isRowOpen = true
        nextRowIndex = index + 1
        columnIndex = 0
        rowDigits = PackedText(nextRowIndex) ?? PackedText()
        xml.start("row")
        xml.attribute("r", nextRowIndex)
        if style != .plain {
            xml.attribute("s", Int(style.index))
            xml.attribute("customFormat", true)
        }
        if let height {
            xml.attribute("ht", NumberText.shortest(height))
            xml.attribute("customHeight", true)
        }
        if isHidden { xml.attribute("hidden", true) }
    }

    /// Ends the row.
    ///
    /// - Throws: `grid` when a cell was outside, `output`.
    package mutating func endRow() throws(WorkbookWriterError) {
        guard isRowOpen else {
            throw error(.rowOrder, found: "the end of a row", expected: "its beginning before")
        }
        if let failure { throw failure }
        xml.end("row")
        isRowOpen = false
        if xml.bytes.count >= Self.blockSize { try sink.flush(&xml) }
    }

    /// Writes a whole row, all cells in one style.
    ///
    /// - Throws: `rowOrder`, `grid`, `output`.
    package mutating func append(
        _ cells: [CellContent], style: StyleID = .plain
    ) throws(WorkbookWriterError) {
        try beginRow()
        for cell in cells { self.cell(cell, style: style) }
        try endRow()
    }

    func error(
        _ code: WorkbookWriterError.Code, found: String, expected: String
    ) -> WorkbookWriterError {
        WorkbookWriterError(
            code, at: "sheet \(options.name.text)", found: found, expected: expected)
    }
}
