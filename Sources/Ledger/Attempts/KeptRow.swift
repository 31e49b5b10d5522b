import Portals

/// What an attempt says of a row: a line of its kept rows.
///
/// Of many a line no more than its state is asked, so its texts are made when they are.
struct KeptRow {
    private let sheetID: ArraySlice<UInt8>
    let rowNumber: Int
    /// In the workbook that came first.
    let originalRowNumber: Int
    /// `a` accepted, `r` rejected, `u` unchanged, `l` left out.
    let state: UInt8
    private let actionWord: ArraySlice<UInt8>
    private let recordID: ArraySlice<UInt8>
    private let keyText: ArraySlice<UInt8>
    /// What the row makes of a record, as `FieldLine` has it.
    let values: ArraySlice<UInt8>

    /// - Returns: nil for a line that no row is.
    init?(_ line: ArraySlice<UInt8>) {
        var rest = line
        guard let sheetID = rest.removePart(), let number = rest.removePart()?.number,
            let original = rest.removePart()?.number, let state = rest.removePart()?.first,
            let action = rest.removePart(), let record = rest.removePart(),
            let key = rest.removePart()
        else { return nil }
        self.sheetID = sheetID
        rowNumber = number
        originalRowNumber = original
        self.state = state
        actionWord = action
        recordID = record
        keyText = key
        values = rest
    }

    /// The sheet's id in the Definition.
    var sheet: String { String(decoding: sheetID, as: UTF8.self) }
    var action: String { String(decoding: actionWord, as: UTF8.self) }
    /// The id of the record that it is about; empty for a new one.
    var record: String { TextLine.text(recordID) }
    /// Normalised; empty where the row has none.
    var key: [UInt8] { TextLine.value(keyText) }

    var isAccepted: Bool { state == UInt8(ascii: "a") }
    var isRejected: Bool { state == UInt8(ascii: "r") }
}

extension ArraySlice<UInt8> {
    /// Takes away what stands before the next tab, and the tab.
    fileprivate mutating func removePart() -> ArraySlice<UInt8>? {
        let size = withUnsafeBufferPointer { $0.position(of: UInt8(ascii: "\t")) }
        guard size < count else { return nil }
        let part = prefix(size)
        self = dropFirst(size + 1)
        return part
    }

    fileprivate var number: Int? { Int(String(decoding: self, as: UTF8.self)) }
}

/// An operation of an attempt: a line of its kept operations, its parts as they stand there.
struct KeptOperation {
    let sequence: Int
    let kind: ArraySlice<UInt8>
    let operation: ArraySlice<UInt8>
    /// Empty for what is done once.
    let sheet: ArraySlice<UInt8>
    /// 0 for what is done once.
    let rowNumber: Int
    let isHeld: Bool
    /// When it is held no more; empty where something else than time holds it, or nothing.
    let heldUntil: ArraySlice<UInt8>
    /// Hexadecimal digits.
    let idempotencyKey: ArraySlice<UInt8>
    let name: ArraySlice<UInt8>

    /// - Returns: nil for a line that no operation is.
    init?(_ line: ArraySlice<UInt8>) {
        let parts = line.split(
            separator: UInt8(ascii: "\t"), maxSplits: 7, omittingEmptySubsequences: false)
        guard parts.count == 8, let sequence = Int(String(decoding: parts[0], as: UTF8.self)),
            let number = Int(String(decoding: parts[4], as: UTF8.self))
        else { return nil }
        self.sequence = sequence
        kind = parts[1]
        operation = parts[2]
        sheet = parts[3]
        rowNumber = number
        isHeld = parts[5].first != UInt8(ascii: "0")
        heldUntil = parts[5].count > 1 ? parts[5] : []
        idempotencyKey = parts[6]
        name = parts[7]
    }
}
