/// The letters that name a column: `A` is index 0, `XFD` index 16,383.
package enum ColumnName {
    /// `XFD` has three letters; no name is longer.
    static let lengthMax = 3

    /// The letters of a column index; empty outside the grid.
    package static func letters(of columnIndex: Int) -> String {
        var bytes: [UInt8] = []
        append(columnIndex, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The column index of upper-case letters, or nil for anything else and outside the grid.
    package static func index(of letters: String) -> Int? {
        var letters = letters
        return letters.withUTF8 { bytes in
            guard let (index, length) = leadingIndex(in: bytes), length == bytes.count else {
                return nil
            }
            return index
        }
    }

    /// Appends the letters of a column index; nothing outside the grid.
    @inline(__always)
    package static func append(_ columnIndex: Int, to bytes: inout [UInt8]) {
        guard (0..<GridLimits.columnCountMax).contains(columnIndex) else { return }
        var number = columnIndex + 1
        var packed = 0
        while number > 0 {
            number -= 1
            packed = packed << 8 | Int(UInt8(ascii: "A")) + number % 26
            number /= 26
        }
        while packed > 0 {
            bytes.append(UInt8(truncatingIfNeeded: packed))
            packed >>= 8
        }
    }

    /// The column index that the text begins with, and how many letters name it.
    @inline(__always)
    static func leadingIndex(in bytes: UnsafeBufferPointer<UInt8>) -> (index: Int, length: Int)? {
        var number = 0
        var length = 0
        while length < bytes.count, length <= lengthMax {
            let letter = bytes[length] &- UInt8(ascii: "A")
            guard letter < 26 else { break }
            number = number * 26 + Int(letter) + 1
            length += 1
        }
        guard number > 0, number <= GridLimits.columnCountMax else { return nil }
        return (number - 1, length)
    }
}
