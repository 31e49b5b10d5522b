import Spreadsheet
import XML

/// What stands before and behind the rows, in schema order (ECMA-376 Part 1 §18.3.1.99).
extension WorksheetWriter {
    /// Writes all that comes before the first row.
    mutating func begin(isSelected: Bool) {
        xml.declaration()
        xml.start("worksheet")
        xml.attribute("xmlns", Namespace.main)
        xml.attribute("xmlns:r", Namespace.relationships)
        writeProperties()
        writeView(isSelected: isSelected)
        xml.raw("<sheetFormatPr defaultRowHeight=\"15\"/>")
        writeColumns()
        xml.start("sheetData")
    }

    /// Writes all that comes behind the last row.
    ///
    /// - Parameter drawingID: The relationship to the boxes of comments; nil without comments.
    mutating func end(drawingID: String?) throws(WorkbookWriterError) {
        guard !isRowOpen else {
            throw error(.rowOrder, found: "the sheet's end", expected: "endRow before")
        }
        xml.end("sheetData")
        if options.isProtected {
            xml.raw("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/>")
        }
        extras.write(to: &xml)
        writePage()
        extras.writeIgnoredErrors(to: &xml)
        if let drawingID { xml.element("legacyDrawing") { $0.attribute("r:id", drawingID) } }
        xml.end("worksheet")
        try sink.flush(&xml)
    }

    private mutating func writeProperties() {
        guard options.tabColor != nil || options.isLandscape else { return }
        xml.element("sheetPr") { [options] xml in
            if let color = options.tabColor {
                xml.element("tabColor") { $0.attribute("rgb", color.text) }
            }
            if options.isLandscape { xml.raw("<pageSetUpPr fitToPage=\"1\"/>") }
        }
    }

    private mutating func writeView(isSelected: Bool) {
        xml.element("sheetViews") { [options] xml in
            xml.element("sheetView") { xml in
                if isSelected { xml.attribute("tabSelected", true) }
                xml.attribute("workbookViewId", 0)
                Self.writePane(options, to: &xml)
            }
        }
    }

    private static func writePane(_ options: SheetOptions, to xml: inout XMLWriter) {
        let (rows, columns) = (options.frozenRowCount, options.frozenColumnCount)
        guard rows > 0 || columns > 0 else { return }
        let pane = rows > 0 && columns > 0 ? "bottomRight" : rows > 0 ? "bottomLeft" : "topRight"
        xml.element("pane") { xml in
            if columns > 0 { xml.attribute("xSplit", columns) }
            if rows > 0 { xml.attribute("ySplit", rows) }
            let first = CellReference(rowIndex: rows, columnIndex: columns)
            xml.attribute("topLeftCell", first.description)
            xml.attribute("activePane", pane)
            xml.attribute("state", "frozen")
        }
        xml.element("selection") { $0.attribute("pane", pane) }
    }

    private mutating func writeColumns() {
        guard !options.columns.isEmpty else { return }
        xml.element("cols") { [options] xml in
            for (index, column) in options.columns.enumerated() {
                Self.writeColumn(column, number: index + 1, to: &xml)
            }
        }
    }

    private static func writeColumn(
        _ column: ColumnOptions, number: Int, to xml: inout XMLWriter
    ) {
        xml.element("col") { xml in
            xml.attribute("min", number)
            xml.attribute("max", number)
            xml.attribute("width", NumberText.shortest(column.width ?? 9.140625))
            if column.style != .plain { xml.attribute("style", Int(column.style.index)) }
            if column.isHidden { xml.attribute("hidden", true) }
            if column.width != nil { xml.attribute("customWidth", true) }
        }
    }

    private mutating func writePage() {
        xml.raw("<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\"")
        xml.raw(" header=\"0.3\" footer=\"0.3\"/>")
        guard options.isLandscape else { return }
        xml.raw("<pageSetup orientation=\"landscape\" fitToHeight=\"0\"/>")
    }
}
