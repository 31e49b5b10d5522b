package import Spreadsheet

/// The text of a cell as rules see it: trimmed, and whole numbers as their digits.
package enum CellText {
    /// Hands out the text of a cell of a store.
    @inlinable @inline(__always)
    package static func with<Result>(
        _ cell: StoredCell, in texts: TextTable, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch cell.kind {
        case .blank: return body(UnsafeBufferPointer(start: nil, count: 0))
        case .number:
            var text =
                texts.withBytes(of: cell.textID) { NumberText.integerText(of: $0) }
                ?? texts.string(cell.textID)
            return text.withUTF8(body)
        default: return texts.withBytes(of: cell.textID) { body(Trimming.trimmed($0)) }
        }
    }
}
