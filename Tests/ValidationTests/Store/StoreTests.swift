import Spreadsheet
import Testing

@testable import Validation

struct StoreTests {
    private func sheet(rows numbers: [UInt32], columns: [StoredColumn] = []) -> SheetStore {
        var sheet = SheetStore(
            definitionIndex: 0, name: "Rows", headerRowNumber: 1, fieldCount: 3, columns: columns)
        for number in numbers { sheet.appendRow(number: number, isHidden: number % 2 == 0) }
        return sheet
    }

    @Test func `a cell comes back as it was set`() {
        let columns = [
            StoredColumn(role: .field(2), title: "C", columnIndex: 5),
            StoredColumn(role: .action, title: "Action", columnIndex: 6),
            StoredColumn(role: .extra, title: "Note", columnIndex: 7),
        ]
        var sheet = sheet(rows: [2, 3], columns: columns)
        let cell = StoredCell(
            kind: .malformed, textID: 7, formatIndex: 3, isFormula: true, isMerged: true)
        sheet.set(cell, row: 1, column: 0)
        #expect(sheet.cell(row: 1, field: 2) == cell)
        #expect(sheet.cell(row: 0, field: 2) == .blank)
        #expect(sheet.cell(row: 1, field: 0) == .blank)
        #expect(sheet.column(ofField: 2) == 0)
        #expect(sheet.column(ofField: 0) == nil)
        #expect(sheet.actionColumn == 1)
        sheet.appendRow(number: 4, isHidden: false)
        #expect(sheet.cell(row: 2, column: 0) == .blank)
    }

    @Test(arguments: CellKind.allCases)
    func `every kind is kept beside both flags`(kind: CellKind) {
        let column = StoredColumn(role: .field(0), title: "A", columnIndex: 0)
        var sheet = sheet(rows: [2], columns: [column])
        for (isFormula, isMerged) in [(false, false), (true, false), (false, true), (true, true)] {
            let cell = StoredCell(kind: kind, isFormula: isFormula, isMerged: isMerged)
            sheet.set(cell, row: 0, column: 0)
            #expect(sheet.cell(row: 0, column: 0) == cell)
        }
    }

    @Test func `rows are found by their number`() {
        let sheet = sheet(rows: [3, 5, 9])
        #expect(sheet.row(withNumber: 5) == 1)
        #expect(sheet.row(withNumber: 4) == nil)
        #expect(sheet.row(withNumber: 10) == nil)
        #expect(sheet.rows(withNumbersIn: 4...9) == 1..<3)
        #expect(sheet.rows(withNumbersIn: 6...8) == 2..<2)
        #expect(sheet.rows(withNumbersIn: 1...100) == 0..<3)
    }

    @Test func `hidden rows are counted and set apart on request`() {
        var sheet = sheet(rows: [2, 3, 4])
        #expect(sheet.hiddenRowCount == 2)
        #expect(!sheet.isLeftOut(0))
        sheet.leaveOutHiddenRows()
        #expect([0, 1, 2].map(sheet.isLeftOut) == [true, false, true])
    }

    @Test func `a row keeps the number it had first`() {
        var sheet = sheet(rows: [2, 3])
        sheet.setOriginalRowNumber(40, row: 1)
        #expect([0, 1].map(sheet.originalRowNumber) == [2, 40])
        #expect(sheet.rowNumber(1) == 3)
    }

    @Test func `a text is read as it came`() {
        var store = RowStore()
        let id = store.texts.append(" acme ")
        #expect(store.text(of: StoredCell(kind: .text, textID: id ?? 0)) == " acme ")
        #expect(store.text(of: .blank) == "")
    }
}
