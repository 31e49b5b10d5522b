import Spreadsheet
package import Validation
import XML
package import Zip

/// A portal's own template, of which nothing but the data rows is ever touched.
///
/// Every entry of the archive is copied as it is. Of the one sheet, rows below the header are
/// replaced; before and behind them each byte stays, but for the value of `dimension`.
package struct AdoptedTemplate {
    /// Bytes of the sheet's part, inflated. A template of a thousand prepared rows has some 200
    /// KiB.
    static let partSizeMax = 64 << 20

    private let archive: ZipArchive
    private let part: ZipEntry
    private let bytes: [UInt8]
    private let splice: SheetSplice
    private let headerRowIndex: Int
    private let rowStart: [UInt8]
    private let rowEnd: [UInt8]
    /// Column index and field, from left to right.
    private let columns: [(columnIndex: Int, field: Int)]

    /// Looks at the template, so that what cannot be filled in is refused when it is adopted.
    ///
    /// - Parameters:
    ///   - sheetPart: The sheet's entry: `xl/worksheets/sheet1.xml`.
    ///   - headerRowIndex: From 0.
    ///   - columns: Column index by field.
    /// - Throws: `AdoptionError`; `ZipError` for an entry that cannot be read.
    package init(
        _ archive: ZipArchive, sheetPart: String, headerRowIndex: Int, columns: [Int: Int]
    ) throws {
        let signature = archive.entries.first { $0.name.hasPrefix("_xmlsignatures/") }
        if let signature {
            throw AdoptionError(
                .signed, at: signature.name, found: "a digital signature", expected: "none")
        }
        guard let part = archive.entry(named: sheetPart) else {
            throw AdoptionError(
                .part, at: sheetPart, found: "no such part", expected: "the sheet's part")
        }
        self.archive = archive
        self.part = part
        self.headerRowIndex = headerRowIndex
        self.columns = columns.map { (columnIndex: $0.value, field: $0.key) }
            .sorted { $0.columnIndex < $1.columnIndex }
        bytes = try archive.contents(of: part, sizeMax: Self.partSizeMax)
        splice = try SheetSplice(bytes, part: part.name, headerRowIndex: headerRowIndex)
        rowStart = Array("<\(splice.prefix)row r=\"".utf8)
        rowEnd = Array("</\(splice.prefix)row>".utf8)
    }

    /// The fields it has a column for.
    package var fields: Set<Int> { Set(columns.map(\.field)) }

    /// Writes a copy of the template with these rows. A column whose field is not handed over, and
    /// one that is no field, stays blank.
    ///
    /// - Parameter threadCount: Threads that compress.
    /// - Returns: What it was written to, flushed.
    /// - Throws: `AdoptionError` `rows`; `ZipError`.
    package func write<Sink: ByteSink>(
        _ records: RecordValues, _ upload: UploadRows, to sink: Sink, threadCount: Int = 1
    ) throws -> Sink {
        let rows = upload.rows
        guard headerRowIndex + rows.count < GridLimits.rowCountMax else {
            throw AdoptionError(
                .rows, at: part.name, found: "\(rows.count) rows",
                expected: "at most \(GridLimits.rowCountMax - headerRowIndex - 1)")
        }
        var zip = ZipWriter(to: sink, threadCount: threadCount)
        for entry in archive.entries {
            if entry.name == part.name {
                try writePart(records, upload, to: &zip)
            } else {
                try zip.copyEntry(entry, of: archive)
            }
        }
        return try zip.finish()
    }

    private func writePart<Sink: ByteSink>(
        _ records: RecordValues, _ upload: UploadRows, to zip: inout ZipWriter<Sink>
    ) throws {
        try zip.beginEntry(named: part.name)
        var block = head(rowCount: upload.rows.count)
        let cells = columns.filter { upload.fields.contains($0.field) }
            .map { AdoptedCell(splice, columnIndex: $0.columnIndex, field: $0.field) }
        for (position, row) in upload.rows.enumerated() {
            let digits = Array(String(headerRowIndex + position + 2).utf8)
            block += rowStart
            block += digits
            block += "\">".utf8
            for cell in cells {
                cell.append(records, sheet: upload.sheet, row: row, digits, to: &block)
            }
            block += rowEnd
            if block.count >= Self.blockSize {
                try zip.write(block)
                block.removeAll(keepingCapacity: true)
            }
        }
        block += bytes[splice.dataRows.upperBound...]
        try zip.write(block)
        try zip.endEntry()
    }

    private static let blockSize = 1 << 17

    /// All that stands before the data rows, with the dimension they will have.
    private func head(rowCount: Int) -> [UInt8] {
        guard let (value, range) = splice.dimension else {
            return Array(bytes[..<splice.dataRows.lowerBound])
        }
        let lastRow = max(headerRowIndex + rowCount, value.first.rowIndex)
        let firstColumn = min(value.first.columnIndex, columns.first?.columnIndex ?? 0)
        let lastColumn = max(value.last.columnIndex, columns.last?.columnIndex ?? 0)
        let dimension = CellRange(
            rows: value.first.rowIndex...lastRow, columns: firstColumn...lastColumn
        ).description
        return bytes[..<range.lowerBound] + Array(dimension.utf8)
            + bytes[range.upperBound..<splice.dataRows.lowerBound]
    }
}
