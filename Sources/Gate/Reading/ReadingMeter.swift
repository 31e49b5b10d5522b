import XLSX

/// Counts what was read of a workbook, and tells it: texts that cells share come first, then sheets
/// one after another.
final class ReadingMeter {
    private let tell: (GateProgress) -> Void
    private let stringsSize: Int
    private var now = GateProgress(.reading)
    /// Bytes and rows of the parts that were read to their ends.
    private var sizeBefore = 0
    private var rowCountBefore = 0

    /// Until `begin`, any sheet may be one that is read.
    init(_ workbook: Workbook, _ tell: @escaping (GateProgress) -> Void) {
        self.tell = tell
        stringsSize = workbook.sharedStringsSize
        expect(workbook.sheets.filter { $0.kind == .worksheet })
        workbook.onStrings = { self.note(sizeRead: $0, rowCount: 0) }
    }

    /// From here on these sheets are read. The shared texts were, by whoever looked for headers.
    func begin(_ sheets: [SheetInfo]) {
        expect(sheets)
        sizeBefore = stringsSize
    }

    private func expect(_ sheets: [SheetInfo]) {
        now.size = stringsSize + sheets.reduce(0) { $0 + $1.size }
    }

    /// - Parameters:
    ///   - sizeRead: bytes of the part that is read.
    ///   - rowCount: rows that were filled in it.
    func note(sizeRead: Int, rowCount: Int) {
        now.sizeRead = min(sizeBefore + sizeRead, now.size)
        now.rowCount = rowCountBefore + rowCount
        tell(now)
    }

    func end(_ sheet: SheetInfo, rowCount: Int) {
        note(sizeRead: sheet.size, rowCount: rowCount)
        (sizeBefore, rowCountBefore) = (now.sizeRead, now.rowCount)
    }

    /// All is read, and judged now.
    func finish() {
        now.stage = .judging
        now.sizeRead = now.size
        tell(now)
    }
}
