/// A row of a workbook, or what is done once for many: a row of no sheet, with its step's number.
struct WorkbookRow: Hashable {
    /// The sheet's id in the Definition; empty for what is done once.
    let sheet: String
    let number: Int

    init(sheet: String, number: Int) {
        self.sheet = sheet
        self.number = number
    }

    init(once sequence: Int) { self.init(sheet: "", number: sequence) }

    init(_ operation: OperationEntry) {
        self.init(
            sheet: operation.sheet ?? "", number: operation.rowNumber ?? operation.sequence)
    }

    var isOnce: Bool { sheet.isEmpty }
    /// Of what is done once.
    var step: Int? { isOnce ? number : nil }
}
