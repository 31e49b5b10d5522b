/// A cell between its tags.
struct OpenCell {
    var type = CellType.number
    var formatIndex: UInt16 = 0
    var isFormula = false
    var hasValue = false
    /// Whether there was an `is`.
    var hasInline = false
    var hasBadReference = false
    /// The index of a shared string whose digits came in one piece, as nearly all do: then no text
    /// is kept.
    private(set) var sharedIndex: SharedIndex?

    /// A number and how many digits it was written with.
    struct SharedIndex {
        let value: Int
        let digitCount: Int
    }

    /// Takes the text of the cell when it is a shared string's index and the first piece; false
    /// when it has to be kept as text.
    mutating func takesIndex(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard type == .sharedString, !hasInline, !isTextKept, sharedIndex == nil,
            let value = CellText.integer(bytes)
        else { return false }
        sharedIndex = SharedIndex(value: value, digitCount: bytes.count)
        return true
    }

    /// Whether some of the text is kept.
    private var isTextKept = false

    /// Forgets the text.
    mutating func dropText() { sharedIndex = nil }

    /// Puts the index back among the kept text, as more of it came.
    mutating func keepText(in bytes: inout [UInt8]) {
        isTextKept = true
        guard let index = sharedIndex else { return }
        sharedIndex = nil
        let digits = Array(String(index.value).utf8)
        bytes += Array(repeating: UInt8(ascii: "0"), count: index.digitCount - digits.count)
        bytes += digits
    }
}

/// What a cell's `t` says (ECMA-376 Part 1 §18.18.11).
enum CellType {
    case number, sharedString, string, inlineString, boolean, error, isoDate, unknown

    init(_ bytes: UnsafeBufferPointer<UInt8>?) {
        guard let bytes, let first = bytes.first else {
            self = .number
            return
        }
        switch (first, bytes.count) {
        case (UInt8(ascii: "s"), 1): self = .sharedString
        case (UInt8(ascii: "n"), 1): self = .number
        case (UInt8(ascii: "b"), 1): self = .boolean
        case (UInt8(ascii: "e"), 1): self = .error
        case (UInt8(ascii: "d"), 1): self = .isoDate
        case (UInt8(ascii: "s"), 3) where bytes.elementsEqual("str".utf8): self = .string
        case (UInt8(ascii: "i"), 9) where bytes.elementsEqual("inlineStr".utf8):
            self = .inlineString
        default: self = .unknown
        }
    }
}
