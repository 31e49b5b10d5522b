import Spreadsheet

/// The columns that one row has had, as bits; emptying costs only what was used.
struct ColumnSet {
    private var words = [UInt64](repeating: 0, count: GridLimits.columnCountMax / 64)
    private var usedCount = 0

    /// Adds a column inside the grid; false when it was there.
    @inline(__always)
    mutating func insert(_ columnIndex: Int) -> Bool {
        let index = columnIndex / 64
        let bit = UInt64(1) << UInt64(columnIndex % 64)
        guard words[index] & bit == 0 else { return false }
        words[index] |= bit
        usedCount = max(usedCount, index + 1)
        return true
    }

    mutating func removeAll() {
        for index in 0..<usedCount { words[index] = 0 }
        usedCount = 0
    }
}
