package import Catalogue
import Spreadsheet
import Validation
import XLSX
import Zip

/// A list somebody hands in beside a workbook: names a line, CSV, or XLSX.
package struct ListFile: Sendable {
    /// Why a list cannot be used.
    package struct Failure: Error {
        package var code: Code
        package var name: String
        package var found: String
    }

    /// Longest list that is taken, as for an upload.
    static let sizeMax: UInt64 = 128 << 20

    /// Bytes of a text file that are read at once.
    private static let pieceSize = 1 << 18

    /// The file's name, for people.
    package let name: String
    let file: InputFile
    var source: any ByteSource { file.source }

    package init(_ file: InputFile) {
        name = file.name
        self.file = file
    }

    /// About how many rows it has, by the size of the first ones, as far as a sheet has so many; 0
    /// for a workbook.
    func rowCountEstimate() throws(Failure) -> Int {
        if source.size > Self.sizeMax { return 0 }
        if try isWorkbook() { return 0 }
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        let size = try read(at: 0, into: &piece)
        // The piece ends within a line. One row more than room is left for costs twice the room.
        let lineCount = piece[..<size].count { $0 == 0x0A } + 1
        let count = size == 0 ? 0 : Int(source.size) * lineCount / size
        return min(count, GridLimits.rowCountMax)
    }

    /// Hands over every row that is not blank; for a text file, with one value a row.
    func forEachRow(_ body: (ListRow) -> Void) throws(Failure) {
        guard source.size <= Self.sizeMax else {
            throw failure(.fileTooLarge, "\(source.size) bytes")
        }
        if try isWorkbook() {
            try forEachWorkbookRow(body)
        } else {
            try forEachTextRow(body)
        }
    }

    /// One of its tables: a worksheet, or all there is in a text file.
    struct Table {
        var name: String
        var rows: [TableRow] = []
    }

    /// A row that is not blank, by its number from 1.
    struct TableRow {
        var number: Int
        var texts: [String]
    }

    /// All that is in it, table by table.
    func tables() throws(Failure) -> [Table] {
        var tables: [Table] = []
        guard source.size <= Self.sizeMax, try isWorkbook() else {
            tables.append(Table(name: name))
            try forEachRow { tables[0].rows.append(TableRow(number: $0.number, texts: $0.texts)) }
            return tables
        }
        do throws(WorkbookError) {
            let workbook = try Workbook(opening: source, name: name)
            for sheet in workbook.listSheets {
                tables.append(Table(name: sheet.name))
                let last = tables.count - 1
                try forEachRow(of: sheet, of: workbook) {
                    if $0.isBlank { return }
                    tables[last].rows.append(TableRow(number: $0.number, texts: $0.texts))
                }
            }
        } catch {
            throw failure(error.code, error.found)
        }
        return tables
    }

    /// An archive, or the container of old and of encrypted workbooks, which opening refuses by
    /// name.
    private func isWorkbook() throws(Failure) -> Bool {
        var head = [UInt8](repeating: 0, count: 4)
        head.removeLast(head.count - (try read(at: 0, into: &head)))
        return head.starts(with: [0x50, 0x4B]) || head == [0xD0, 0xCF, 0x11, 0xE0]
    }

    private func forEachWorkbookRow(_ body: (ListRow) -> Void) throws(Failure) {
        do throws(WorkbookError) {
            let workbook = try Workbook(opening: source, name: name)
            guard let sheet = workbook.listSheets.first else {
                throw WorkbookError(.workbookNoVisibleSheet, found: "none", expected: "a sheet")
            }
            try forEachRow(of: sheet, of: workbook, body)
        } catch {
            throw failure(error.code, error.found)
        }
    }

    private func forEachRow(
        of sheet: SheetInfo, of workbook: Workbook, _ body: (ListRow) -> Void
    ) throws(WorkbookError) {
        var texts = ListRow()
        try TextRows.forEach(of: sheet, of: workbook) { row in
            texts.removeAll()
            texts.number = row.rowIndex + 1
            for cell in row.cells {
                while texts.count < cell.columnIndex { texts.endValue() }
                texts.append(cell.text)
                texts.endValue()
            }
            body(texts)
        }
    }

    private func forEachTextRow(_ body: (ListRow) -> Void) throws(Failure) {
        var text = DelimitedText()
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        var offset: UInt64 = 0
        var isWide = false
        while true {
            let count = try read(at: offset, into: &piece)
            if offset == 0 { isWide = DelimitedText.isWide(piece[..<count]) }
            // A picture, say: names made of it would take the place of those that are known.
            if !isWide, piece[..<count].contains(where: { $0 < 0x09 }) {
                throw failure(.typeNotSpreadsheet, "bytes that no text has")
            }
            text.read(piece[..<count], isLast: count == 0, body)
            if count == 0 { return }
            offset += UInt64(count)
            // A row without end is looked at anew with every piece: twice as much each time.
            if text.pendingSize > piece.count {
                piece = [UInt8](repeating: 0, count: text.pendingSize)
            }
        }
    }

    /// - Returns: how many bytes there were; 0 at the end.
    private func read(at offset: UInt64, into piece: inout [UInt8]) throws(Failure) -> Int {
        do throws(ZipError) {
            return try source.read(at: offset, into: &piece)
        } catch {
            throw failure(.fileCannotRead, error.found)
        }
    }

    func failure(_ code: Code, _ found: String) -> Failure {
        Failure(code: code, name: name, found: found)
    }
}

extension Workbook {
    /// The worksheets that people see and that hold something of theirs.
    fileprivate var listSheets: [SheetInfo] {
        sheets.filter { info in
            info.kind == .worksheet && info.visibility == .visible && info.partName != nil
                && !WorksheetName.isOwn(info.name)
        }
    }
}
