/// The filled rows of one sheet.
///
/// `row` in every member is the position among the filled rows, from 0; `rowNumber` is what a
/// person sees in Excel.
package struct SheetStore: Sendable {
    /// The sheet of the Definition, by its index.
    package let definitionIndex: Int
    /// The sheet's name in the workbook.
    package let name: String
    /// The header's row number in the workbook, from 1.
    package let headerRowNumber: Int
    package private(set) var columns: [StoredColumn]
    /// Rows below the header that hold nothing, up to the last filled one.
    package var blankRowCount = 0

    /// The number of filled rows.
    package private(set) var rowCount = 0
    private var firstRowNumber: UInt32 = 0
    /// Empty while every filled row comes right after the one before.
    private var rowNumbers: [UInt32] = []
    /// Row numbers in the first upload, for rows that came back from a rejected workbook.
    private var originalRowNumbers: [Int: UInt32] = [:]
    private var hidden = RowSet()
    private var leftOut = RowSet()
    private var crossedOut = RowSet()
    /// Position in `columns` by field index.
    private let columnOfField: [Int?]
    /// Position in `columns` of the `Action` column.
    package let actionColumn: Int?
    /// Position in `columns` of the ids that records were exported with.
    let idColumn: Int?

    package init(
        definitionIndex: Int, name: String, headerRowNumber: Int, fieldCount: Int,
        columns: [StoredColumn]
    ) {
        self.definitionIndex = definitionIndex
        self.name = name
        self.headerRowNumber = headerRowNumber
        self.columns = columns
        var columnOfField = [Int?](repeating: nil, count: fieldCount)
        for (position, column) in columns.enumerated() {
            if case .field(let field) = column.role { columnOfField[field] = position }
        }
        self.columnOfField = columnOfField
        actionColumn = columns.firstIndex { $0.role == .action }
        idColumn = columns.firstIndex { $0.role == .id }
    }

    /// Whether its rows say which records they were exported as.
    package var hasIDs: Bool { idColumn != nil }

    package var hiddenRowCount: Int { hidden.count }

    /// The number of fields that the Definition has for it.
    package var fieldCount: Int { columnOfField.count }

    /// The row's number in the workbook, from 1.
    package func rowNumber(_ row: Int) -> Int {
        rowNumbers.isEmpty ? Int(firstRowNumber) + row : Int(rowNumbers[row])
    }

    /// The row's number in the workbook that was uploaded first.
    package func originalRowNumber(_ row: Int) -> Int {
        originalRowNumbers[row].map(Int.init) ?? rowNumber(row)
    }

    /// Whether its rows say which rows of a first upload they were.
    package var hasComeBack: Bool { !originalRowNumbers.isEmpty }

    /// Whether the row is hidden or filtered away.
    package func isHidden(_ row: Int) -> Bool { hidden.contains(row) }

    /// Whether every value of the row has a line through it.
    package func isCrossedOut(_ row: Int) -> Bool { crossedOut.contains(row) }

    /// Whether the row stands apart on request: it is counted, not judged.
    package func isLeftOut(_ row: Int) -> Bool { leftOut.contains(row) }

    /// The rows that are judged.
    var judgedRows: JudgedRows { JudgedRows(rowCount: rowCount, leftOut: leftOut) }

    /// Position in `columns` of a field; nil when the workbook lacks the column.
    package func column(ofField field: Int) -> Int? { columnOfField[field] }

    @inline(__always)
    /// The cell in one of `columns`, by its position there.
    package func cell(row: Int, column: Int) -> StoredCell { columns[column][row] }

    @inline(__always)
    package func cell(row: Int, field: Int) -> StoredCell {
        guard let column = columnOfField[field] else { return .blank }
        return columns[column][row]
    }

    /// The filled row with a row number of the workbook.
    ///
    /// - Complexity: O(log rows).
    package func row(withNumber number: Int) -> Int? {
        let row = firstRow(from: number)
        return row < rowCount && rowNumber(row) == number ? row : nil
    }

    /// The filled rows within some row numbers of the workbook.
    ///
    /// - Complexity: O(log rows).
    package func rows(withNumbersIn numbers: ClosedRange<Int>) -> Range<Int> {
        firstRow(from: numbers.lowerBound)..<firstRow(from: numbers.upperBound + 1)
    }

    /// The first row with at least this number. Rows come in rising order.
    private func firstRow(from number: Int) -> Int {
        var low = 0
        var high = rowCount
        while low < high {
            let middle = (low + high) / 2
            if rowNumber(middle) < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Positions of rows that are not set apart, from the top down.
struct JudgedRows: Sequence, IteratorProtocol {
    private let rowCount: Int
    private let leftOut: RowSet
    private var row = -1

    fileprivate init(rowCount: Int, leftOut: RowSet) {
        self.rowCount = rowCount
        self.leftOut = leftOut
    }

    @inline(__always)
    mutating func next() -> Int? {
        repeat { row += 1 } while row < rowCount && leftOut.contains(row)
        return row < rowCount ? row : nil
    }
}

// Filling the store.
extension SheetStore {
    /// Adds a filled row whose cells are all blank; `set` fills them in.
    package mutating func appendRow(number: UInt32, isHidden: Bool) {
        if rowCount == 0 { firstRowNumber = number }
        if rowNumbers.isEmpty, Int(number) != Int(firstRowNumber) + rowCount {
            rowNumbers = (0..<UInt32(rowCount)).map { firstRowNumber + $0 }
        }
        if !rowNumbers.isEmpty { rowNumbers.append(number) }
        if isHidden { hidden.insert(rowCount) }
        rowCount += 1
        for column in columns.indices { columns[column].appendBlank() }
    }

    /// Puts a cell in one of `columns`, by its position there.
    package mutating func set(_ cell: StoredCell, row: Int, column: Int) {
        columns[column][row] = cell
    }

    /// Says which row of the first upload a row was.
    package mutating func setOriginalRowNumber(_ number: UInt32, row: Int) {
        originalRowNumbers[row] = number
    }

    /// Says that somebody drew a line through a row.
    package mutating func setCrossedOut(_ row: Int) { crossedOut.insert(row) }

    /// Sets every hidden row apart.
    package mutating func leaveOutHiddenRows() { leftOut = hidden }
}
