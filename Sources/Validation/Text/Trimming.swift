/// Cuts what people don't see at the ends of a cell: ASCII space, TAB, line ends and U+00A0.
package enum Trimming {
    @inline(__always)
    package static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var from = 0
        var to = text.count
        while from < to {
            let width = spaceWidth(at: from, in: text, before: to)
            if width == 0 { break }
            from += width
        }
        while to > from {
            if isSpace(text[to - 1]) {
                to -= 1
            } else if to - from >= 2, text[to - 1] == 0xA0, text[to - 2] == 0xC2 {
                to -= 2
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: text[from..<to])
    }

    /// The text without white space at its ends.
    package static func trimmed(_ text: String) -> String {
        var text = text
        return text.withUTF8 { String(decoding: trimmed($0), as: UTF8.self) }
    }

    @inline(__always)
    private static func spaceWidth(
        at index: Int, in text: UnsafeBufferPointer<UInt8>, before end: Int
    ) -> Int {
        if isSpace(text[index]) { return 1 }
        return text[index] == 0xC2 && index + 1 < end && text[index + 1] == 0xA0 ? 2 : 0
    }

    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
