import Spreadsheet
import XLSX
import Zip

/// Any bytes as cells of a workbook that is written: it reads back as what was written.
///
/// A cell is a byte for its kind and its style, a text and 0xFF; a 0xFF more begins a row. How many
/// U+FFFD stand for broken UTF-8 is left open: the writer has one a byte, the library one a
/// sequence.
/// U+FFFE and U+FFFF, which are no characters, come back as the escapes they are written as.
enum WriteThenReadProperty {
    private enum Kind: UInt8 { case text, number, boolean, error, skipped, longText }

    private struct Cell {
        var kind: Kind
        var style: UInt8
        var text: [UInt8]
    }

    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        let rows = rows(in: bytes)
        do {
            let read = ReadBook(MemorySource(try written(rows)))
            expect(!read.hasError, "what is written can be read")
            let expected = rows.enumerated().flatMap { index, row in cells(of: row, index: index) }
            expect(read.cells.map(\.place) == expected.map(\.place), "cells stand where they stood")
            expect(read.cells.map(\.kind) == expected.map(\.kind), "kinds are as written")
            expect(
                read.cells.map(\.text).map(repaired) == expected.map(\.text).map(repaired),
                "values are as written")
        } catch { expect(false, "everything can be written: \(error)") }
    }

    /// With one U+FFFD for several.
    private static func repaired(_ text: [UInt8]) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars
        where scalar != "\u{FFFD}" || scalars.last != scalar {
            scalars.append(scalar)
        }
        return scalars
    }

    private static func rows(in bytes: UnsafeBufferPointer<UInt8>) -> [[Cell]] {
        var rows: [[Cell]] = [[]]
        for part in bytes.split(separator: 0xFF, omittingEmptySubsequences: false) {
            guard let head = part.first else {
                rows.append([])
                continue
            }
            rows[rows.count - 1].append(
                Cell(
                    kind: Kind(rawValue: head & 7) ?? .text, style: head >> 3,
                    text: Array(part.dropFirst())))
        }
        return rows
    }

    private static func written(_ rows: [[Cell]]) throws -> [UInt8] {
        var book = try WorkbookWriter(to: MemorySink(), level: .stored)
        try book.addWorksheet(SheetOptions(SheetName("Sheet"))) { sheet in
            for row in rows {
                try sheet.beginRow()
                for cell in row { write(cell, to: &sheet) }
                try sheet.endRow()
            }
        }
        return try book.finish().bytes
    }

    private static func write(_ cell: Cell, to sheet: inout WorksheetWriter) {
        let style = sheet.style(cell.style & 1 == 0 ? .text : .header)
        cell.text.withUnsafeBufferPointer { bytes in
            switch cell.kind {
            case .text: sheet.text(bytes, style: style)
            case .longText:
                sheet.text(longText(bytes), style: style)
            case .number: sheet.number(lexeme: bytes, style: style)
            case .boolean: sheet.boolean(bytes.isEmpty, style: style)
            case .error: sheet.error(text(bytes), style: style)
            case .skipped: sheet.skip()
            }
        }
    }

    private static func longText(_ bytes: some Collection<UInt8>) -> String {
        String(repeating: text(bytes.filter { $0 != 0xEF }), count: 20)
    }

    private static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// What the cells of a row are, by what the writer says of itself.
    private static func cells(of row: [Cell], index: Int) -> [ReadBook.Cell] {
        row.enumerated().compactMap { column, cell in
            guard let (kind, value) = value(of: cell) else { return nil }
            return ReadBook.Cell(
                place: CellReference(rowIndex: index, columnIndex: column), kind: kind,
                isFormula: false, formatIndex: 0, text: value)
        }
    }

    private static func value(of cell: Cell) -> (CellKind, [UInt8])? {
        switch cell.kind {
        case .skipped: return nil
        case .boolean: return (.boolean, Array((cell.text.isEmpty ? "1" : "0").utf8))
        case .number where cell.text.withUnsafeBufferPointer { NumberText.value(of: $0) } != nil:
            return (.number, cell.text)
        case .error where errors.contains(text(cell.text)): return (.error, cell.text)
        case .longText:
            return value(of: longText(cell.text))
        case .text, .number, .error: return value(of: text(cell.text))
        }
    }

    private static let errors: Set = [
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
    ]

    /// A text as a cell holds it: its characters as far as 32,767 units go.
    private static func value(of text: String) -> (CellKind, [UInt8])? {
        guard !text.isEmpty else { return nil }
        var unitCount = 0
        let scalars = text.unicodeScalars.prefix {
            unitCount += UTF16.width($0)
            return unitCount <= GridLimits.textLengthMax
        }
        // By scalars: a character may hold one of the two and an accent.
        let read = scalars.map { [0xFFFE: "_xFFFE_", 0xFFFF: "_xFFFF_"][$0.value] ?? String($0) }
            .joined()
        return (.text, Array(read.utf8))
    }
}
