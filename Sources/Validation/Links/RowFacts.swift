import Portals

/// What conditions may ask about rows, and about the records they refer to.
protocol RowFacts {
    var store: RowStore { get }
    var links: RecordLinks { get }
    var settings: Settings { get }

    /// - Parameter sheet: position in the store.
    func column(sheet: Int, field: Int) -> CellColumn

    /// - Parameter sheet: position in the store.
    func action(sheet: Int, row: Int) -> Action
}

extension RowFacts {
    /// Hands out what a field of a target says once the workbook is taken: the trimmed text of the
    /// cell, or, where that is blank, the value that is known.
    func withState<Result>(
        of target: LinkTarget, field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let record: KnownRecord?
        if target.isKnown {
            record = links.records[target.sheet][target.index]
        } else {
            let column = column(sheet: target.sheet, field: field)
            let (isBlank, result) = column.withText(target.index) { text in
                text.isEmpty ? (true, nil) : (false, body(text) as Result?)
            }
            if let result, !isBlank { return result }
            record = links.record(sheet: target.sheet, row: target.index)
        }
        var value = record?.values[field] ?? ""
        return value.withUTF8(body)
    }
}
