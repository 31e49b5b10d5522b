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
    }

    /// The fields it has a column for.
    package var fields: Set<Int> { Set(columns.map(\.field)) }

    /// Writes a copy of the template with these rows. A column whose field is not handed over, and
    /// one that is no field, stays blank.
    ///
    /// - Returns: What it was written to, flushed.
    /// - Throws: `AdoptionError` `rows`; `ZipError`.
    package func write<Sink: ByteSink>(
        _ records: RecordValues, _ upload: UploadRows, to sink: Sink
    ) throws -> Sink {
        let rows = upload.rows
        guard headerRowIndex + rows.count < GridLimits.rowCountMax else {
            throw AdoptionError(
                .rows, at: part.name, found: "\(rows.count) rows",
                expected: "at most \(GridLimits.rowCountMax - headerRowIndex - 1)")
        }
        var zip = ZipWriter(to: sink)
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
        for (position, row) in upload.rows.enumerated() {
            append(row, number: headerRowIndex + position + 2, records, upload, to: &block)
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

    private func append(
        _ row: Int, number: Int, _ records: RecordValues, _ upload: UploadRows,
        to block: inout [UInt8]
    ) {
        let prefix = splice.prefix
        block += "<\(prefix)row r=\"\(number)\">".utf8
        for (columnIndex, field) in columns where upload.fields.contains(field) {
            let cell = CellReference(rowIndex: number - 1, columnIndex: columnIndex)
            let style = splice.style(ofColumn: columnIndex).map { " s=\"\($0)\"" } ?? ""
            records.withBytes(sheet: upload.sheet, row: row, field: field) { text in
                guard !text.isEmpty else {
                    if !style.isEmpty { block += "<\(prefix)c r=\"\(cell)\"\(style)/>".utf8 }
                    return
                }
                block += "<\(prefix)c r=\"\(cell)\"\(style) t=\"inlineStr\">".utf8
                block += "<\(prefix)is><\(prefix)t xml:space=\"preserve\">".utf8
                XMLEscaping.append(text, as: .cellText, to: &block)
                block += "</\(prefix)t></\(prefix)is></\(prefix)c>".utf8
            }
        }
        block += "</\(prefix)row>".utf8
    }
}
