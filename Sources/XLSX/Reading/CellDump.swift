import Spreadsheet

/// Prints every cell of a workbook as JSON Lines, one object a line, in blocks of some thousand
/// rows.
///
///     {"sheet":"Sheet1","ref":"","type":"sheet","value":"worksheet"}
///     {"sheet":"Sheet1","ref":"B7","type":"n","value":1.5}
///     {"sheet":"Sheet1","ref":"C7","type":"d","value":"2020-01-31","num":43861}
///
/// Types are `n` number (durations too), `s` text, `b` boolean, `e` error, `d` date or time with
/// its serial. Blank cells and empty texts are left out. Cells are taken as written, and one that
/// cannot be read is an error with its raw text.
package struct CellDump {
    /// Listed sheets that have no part; nothing is printed of them.
    package let missing: [SheetInfo]

    private let workbook: Workbook
    private var sheets: ArraySlice<SheetInfo>
    private var reader: WorksheetReader?
    private var batch = RowBatch()
    /// The beginning of each line of the current sheet, up to the reference.
    private var prefix: [UInt8] = []
    /// The shared string that was printed last, quoted: columns repeat themselves, and a small file
    /// can repeat one long text a million times.
    private var lastShared: (id: UInt32, quoted: [UInt8])?

    /// - Parameter sheetName: the only sheet to print; nil prints all.
    package init(_ workbook: Workbook, sheetName: String? = nil) {
        self.workbook = workbook
        let chosen = workbook.sheets.filter { sheetName == nil || $0.name == sheetName }
        missing = chosen.filter { $0.missing != nil }
        sheets = chosen.filter { $0.missing == nil }[...]
    }

    /// Appends the next lines; false when there are none.
    ///
    /// - Throws: what `Workbook.openAsWritten` and `WorksheetReader.next` throw.
    package mutating func next(into output: inout [UInt8]) throws(WorkbookError) -> Bool {
        if let reader {
            if try reader.next(into: &batch) {
                for row in batch.rows { append(row, to: &output) }
            } else {
                self.reader = nil
            }
            return true
        }
        guard let sheet = sheets.popFirst() else { return false }
        prefix = []
        append("{\"sheet\":", to: &prefix)
        Self.append(quoted: Array(sheet.name.utf8)[...], to: &prefix)
        append(",\"ref\":\"", to: &prefix)
        output += prefix
        append("\",\"type\":\"sheet\",\"value\":\"\(sheet.kind.rawValue)\"}\n", to: &output)
        if sheet.kind == .worksheet { reader = try workbook.openAsWritten(sheet) }
        return true
    }

    private mutating func append(_ row: RowRecord, to output: inout [UInt8]) {
        let cells = batch.cells[row.cellStart..<row.cellEnd]
        let isSorted = zip(cells, cells.dropFirst()).allSatisfy { $0.columnIndex <= $1.columnIndex }
        for cell in isSorted ? cells : cells.sorted(by: { $0.columnIndex < $1.columnIndex })[...] {
            append(cell, rowNumber: Int(row.rowIndex) + 1, to: &output)
        }
    }

    private mutating func append(
        _ cell: CellRecord, rowNumber: Int, to output: inout [UInt8]
    ) {
        guard cell.isFilled(in: workbook.sharedStrings) else { return }
        let bytes = cell.isShared ? [] : text(of: cell)
        let value = Value(bytes, of: cell.kind, system: workbook.dateSystem)
        output += prefix
        ColumnName.append(Int(cell.columnIndex), to: &output)
        append("\(rowNumber)\",\"type\":\"\(value.type)\",\"value\":", to: &output)
        switch value {
        case .text where cell.isShared, .error where cell.isShared:
            output += quoted(cell.payload)
        case .text, .error: Self.append(quoted: bytes, to: &output)
        case .number(let number): append(NumberText.shortest(number), to: &output)
        case .boolean(let isTrue): append(isTrue ? "true" : "false", to: &output)
        case .date(let text, let serial):
            append("\"\(text)\"", to: &output)
            if let serial { append(",\"num\":\(NumberText.shortest(serial))", to: &output) }
        }
        append("}\n", to: &output)
    }

    private func text(of cell: CellRecord) -> ArraySlice<UInt8> {
        let start = Int(cell.payload)
        return batch.bytes[start..<start + Int(cell.length)]
    }

    private mutating func quoted(_ id: UInt32) -> [UInt8] {
        if let lastShared, lastShared.id == id { return lastShared.quoted }
        var quoted: [UInt8] = []
        let text = workbook.sharedStrings.withBytes(of: id) { Array($0) }
        Self.append(quoted: text[...], to: &quoted)
        lastShared = (id, quoted)
        return quoted
    }

    private func append(_ text: String, to output: inout [UInt8]) {
        output.append(contentsOf: text.utf8)
    }

    /// Appends a text as a JSON string (RFC 8259 §7); only what must be escaped is.
    private static func append(quoted text: ArraySlice<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                output.append(contentsOf: "\\u00\(byte < 0x10 ? "0" : "")\(digits)".utf8)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

/// What a line says a cell holds.
private enum Value {
    case text, error
    case number(Double)
    case boolean(Bool)
    /// The serial is nil for days that the workbook's system cannot tell.
    case date(String, serial: Double?)

    init(_ bytes: ArraySlice<UInt8>, of kind: CellKind, system: DateSystem) {
        switch kind {
        case .text: self = .text
        case .number, .date:
            guard let number = bytes.withUnsafeBufferPointer(NumberText.value) else {
                self = .error
                return
            }
            let date = kind == .date ? SerialDate(number, system: system) : nil
            self = date.map { .date($0.isoText, serial: number) } ?? .number(number)
        case .isoDate: self.init(isoText: String(decoding: bytes, as: UTF8.self), system: system)
        case .boolean: self = .boolean(bytes.elementsEqual("1".utf8))
        case .error, .badSharedString, .badReference, .tooLong, .malformed: self = .error
        // Cells that are not filled are not printed.
        case .blank, .formulaWithoutValue: self = .error
        }
    }

    /// A date, or a duration as Strict workbooks have it: `PT0H11M0.000S`.
    private init(isoText text: String, system: DateSystem) {
        if let date = SerialDate(isoText: text, system: system) {
            self = .date(date.isoText, serial: date.serial)
        } else if CivilDate(iso: text) != nil {
            self = .date(text, serial: nil)
        } else if let days = ISODuration.days(text) {
            self = .number(days)
        } else {
            self = .error
        }
    }

    var type: Character {
        switch self {
        case .text: "s"
        case .error: "e"
        case .number: "n"
        case .boolean: "b"
        case .date: "d"
        }
    }
}
