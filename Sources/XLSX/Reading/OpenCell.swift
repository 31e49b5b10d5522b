/// A cell between its tags.
struct OpenCell {
    var type = CellType.number
    var formatIndex: UInt16 = 0
    var isFormula = false
    var hasValue = false
    /// Whether there was an `is`.
    var hasInline = false
    var hasBadReference = false
    /// The reference as it stands, when it is bad.
    var reference: [UInt8] = []
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
