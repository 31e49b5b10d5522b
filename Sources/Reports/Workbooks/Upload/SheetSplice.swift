import Spreadsheet

/// Where the data rows of a worksheet part begin and end, and what new ones need to know.
///
/// All other bytes of the part stay as they are, but for the value of `dimension`.
struct SheetSplice {
    /// Prefix of the part's elements with its colon; empty for none.
    private(set) var prefix = ""
    /// Where the value of `dimension`'s `ref` stands; nil without one.
    private(set) var dimension: (value: CellRange, range: Range<Int>)?
    /// The bytes that new rows replace: behind the header row, up to the end of `sheetData`.
    private(set) var dataRows = 0..<0
    private var columnStyles: [(columns: ClosedRange<Int>, style: Int)] = []
    /// Styles of the first data row: its own, and those of its cells.
    private var rowStyle: Int?
    private var cellStyles: [Int: Int] = [:]

    private let part: String
    private let headerRowNumber: Int

    /// - Throws: `part`, `header`, `tied`.
    init(_ bytes: [UInt8], part: String, headerRowIndex: Int) throws(AdoptionError) {
        self.part = part
        headerRowNumber = headerRowIndex + 1
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            throw error(.part, found: "UTF-16", expected: "UTF-8")
        }
        var scanner = MarkupScanner(bytes)
        while let tag = try scanner.next() {
            guard tag.kind != .end else { continue }
            switch tag.localName {
            case "worksheet": prefix = String(tag.prefix)
            case "dimension": readDimension(tag)
            case "col": readColumn(tag)
            case "sheetData": try readRows(&scanner, sheetData: tag)
            case "mergeCell", "hyperlink": try refuseBelowHeader(tag)
            default: break
            }
        }
        guard dataRows.upperBound > 0 else {
            throw error(.header, found: "no rows", expected: "row \(headerRowNumber)")
        }
    }

    /// The style of new cells in a column, as the template's first data row or its column has it.
    func style(ofColumn index: Int) -> Int? {
        cellStyles[index] ?? rowStyle
            ?? columnStyles.first { $0.columns.contains(index) }?.style
    }

    private func error(
        _ code: AdoptionError.Code, found: String, expected: String
    ) -> AdoptionError {
        AdoptionError(code, at: part, found: found, expected: expected)
    }
}

// Reading.
extension SheetSplice {
    private mutating func readDimension(_ tag: MarkupScanner.Tag) {
        // Behind the rows it is no dimension of theirs.
        guard dataRows.upperBound == 0, let range = tag.valueRange("ref"),
            let value = tag.attribute("ref").flatMap({ CellRange($0) })
        else { return }
        dimension = (value, range)
    }

    private mutating func readColumn(_ tag: MarkupScanner.Tag) {
        guard let first = tag.number("min"), let last = tag.number("max"),
            let style = tag.number("style"), first >= 1, first <= last
        else { return }
        columnStyles.append(((first - 1)...(last - 1), style))
    }

    private func rowNumber(
        of row: MarkupScanner.Tag, after previous: Int
    ) throws(AdoptionError) -> Int {
        let number = row.number("r") ?? previous + 1
        guard (1...GridLimits.rowCountMax).contains(number) else {
            throw error(
                .part, found: "row \(number)", expected: "at most \(GridLimits.rowCountMax)")
        }
        return number
    }

    /// Goes through all rows; those behind the header are what will be replaced.
    private mutating func readRows(
        _ scanner: inout MarkupScanner, sheetData: MarkupScanner.Tag
    ) throws(AdoptionError) {
        guard sheetData.kind == .start else {
            throw error(.header, found: "no rows", expected: "row \(headerRowNumber)")
        }
        var rowNumber = 0
        var headerEnd: Int?
        var columnIndex = 0
        while let tag = try scanner.next() {
            switch (tag.localName, tag.kind) {
            case ("row", .start), ("row", .empty):
                rowNumber = try self.rowNumber(of: tag, after: rowNumber)
                columnIndex = 0
                if isFirstDataRow(rowNumber), tag.attribute("customFormat") == "1" {
                    rowStyle = tag.number("s")
                }
                if tag.kind == .empty, rowNumber <= headerRowNumber {
                    headerEnd = tag.range.upperBound
                }
            case ("row", .end):
                if rowNumber <= headerRowNumber { headerEnd = tag.range.upperBound }
            case ("c", .start), ("c", .empty):
                columnIndex =
                    tag.attribute("r").flatMap { CellReference($0)?.columnIndex } ?? columnIndex
                if isFirstDataRow(rowNumber) { cellStyles[columnIndex] = tag.number("s") }
                columnIndex += 1
            case ("f", .start), ("f", .empty):
                if rowNumber > headerRowNumber { throw tied("a formula", "row \(rowNumber)") }
            case ("sheetData", .end):
                guard let headerEnd else {
                    throw error(
                        .header, found: "no row \(headerRowNumber)", expected: "the header row")
                }
                dataRows = headerEnd..<tag.range.lowerBound
                return
            default: break
            }
        }
    }

    private func isFirstDataRow(_ rowNumber: Int) -> Bool { rowNumber == headerRowNumber + 1 }

    private func refuseBelowHeader(_ tag: MarkupScanner.Tag) throws(AdoptionError) {
        guard let text = tag.attribute("ref"), let range = CellRange(text),
            range.last.rowNumber > headerRowNumber
        else { return }
        throw tied(tag.localName == "hyperlink" ? "a link" : "merged cells", text)
    }

    private func tied(_ found: String, _ place: String) -> AdoptionError {
        error(
            .tied, found: "\(found) in \(place)",
            expected: "rows below the header without it: remove it in the template, save and adopt "
                + "it again")
    }
}

extension MarkupScanner.Tag {
    /// The whole number of an attribute, 0 or more.
    fileprivate func number(_ name: String) -> Int? {
        attribute(name).flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}
