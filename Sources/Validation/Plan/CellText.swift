import Spreadsheet

/// The text of a cell as rules see it: trimmed, and whole numbers as their digits.
enum CellText {
    @inline(__always)
    static func with<Result>(
        _ cell: StoredCell, in texts: TextTable, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch cell.kind {
        case .blank: return body(UnsafeBufferPointer(start: nil, count: 0))
        case .number:
            var text =
                texts.read(cell.textID) { NumberText.integerText(of: $0) }
                ?? texts.string(cell.textID)
            return text.withUTF8(body)
        default: return texts.read(cell.textID) { body(Trimming.trimmed($0)) }
        }
    }
}

extension TextTable {
    /// Hands out the bytes of a text, as `withBytes` does, without a call of a closure.
    @inline(__always)
    func read<Result>(
        _ id: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withExtendedLifetime(self) { body(unsafeBytes(of: id)) }
    }
}
