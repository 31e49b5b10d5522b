import Validation

/// One row of a list: its values, trimmed. One is filled again and again.
struct ListRow {
    /// The row's number from 1, or that of its first line.
    var number = 0
    /// All values one after the other.
    private var bytes: [UInt8] = []
    /// Where each of them ends.
    private var ends: [Int] = []

    var count: Int { ends.count }

    /// Whether no value holds anything.
    var isBlank: Bool { bytes.isEmpty }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Adds a value, or more of the one that was begun.
    mutating func append(_ value: UnsafeBufferPointer<UInt8>) {
        let value = Trimming.trimmed(value)
        if value.contains(where: { $0 >= 0x80 }) {
            // Broken UTF-8 is repaired.
            bytes.append(contentsOf: String(decoding: value, as: UTF8.self).utf8)
        } else {
            bytes.append(contentsOf: value)
        }
    }

    mutating func append(_ value: String) {
        var value = value
        value.withUTF8 { append($0) }
    }

    mutating func endValue() { ends.append(bytes.count) }

    /// Hands out a value; empty beyond the last one.
    func withBytes<Result>(
        of column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { all in
            let end = column < ends.count ? ends[column] : all.count
            let start = column == 0 ? 0 : column <= ends.count ? ends[column - 1] : end
            return body(UnsafeBufferPointer(rebasing: all[start..<end]))
        }
    }

    /// A value as text; empty beyond the last one.
    func text(_ column: Int) -> String {
        withBytes(of: column) { String(decoding: $0, as: UTF8.self) }
    }

    var texts: [String] { ends.indices.map(text) }
}
