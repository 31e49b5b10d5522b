/// Many short texts in few large allocations: UTF-8 bytes in chunks, found by a small number.
///
/// Shared strings and the cells' own texts live here; columns hold only ids. Texts are never
/// removed. Ids count from 0 in the order of appending. At most 2^32 texts and 4 GiB.
package struct TextTable: Sendable {
    private static let chunkSize = 1 << 20
    private static let chunkCountMax = 1 << 12

    /// Chunks of at most `chunkSize` bytes. A text never straddles two.
    @usableFromInline var chunks: [[UInt8]] = []
    /// For each text: chunk number in the upper 12 bits, position in the lower 20.
    /// Texts of a chunk follow one another, so each ends where the next begins.
    @usableFromInline var starts: [UInt32] = []

    package init() {}

    /// The number of texts.
    package var count: Int { starts.count }

    /// The bytes held by all texts together.
    package private(set) var byteCount = 0

    /// Adds a text and returns its id, or nil when the table is full.
    ///
    /// - Complexity: O(length).
    package mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
        guard text.count <= Self.chunkSize, starts.count < Int(UInt32.max) else { return nil }
        if room < text.count {
            guard chunks.count < Self.chunkCountMax else { return nil }
            var chunk: [UInt8] = []
            chunk.reserveCapacity(chunks.isEmpty ? 1 << 16 : Self.chunkSize)
            chunks.append(chunk)
        }
        let last = chunks.count - 1
        let start = UInt32(truncatingIfNeeded: last << 20 | chunks[last].count)
        chunks[last].append(contentsOf: text)
        starts.append(start)
        byteCount += text.count
        return UInt32(truncatingIfNeeded: starts.count - 1)
    }

    /// Bytes that the last chunk has room for; below 0 when no text may begin in it.
    private var room: Int {
        guard let last = chunks.last, last.count < Self.chunkSize else { return -1 }
        return Self.chunkSize - last.count
    }

    /// Adds all texts of another table, whose ids move up by the count before; false, and nothing
    /// added, when the table is full.
    ///
    /// - Complexity: O(texts); and of their bytes.
    package mutating func append(contentsOf other: TextTable) -> Bool {
        guard chunks.count + other.chunks.count < Self.chunkCountMax,
            starts.count + other.starts.count < Int(UInt32.max)
        else { return false }
        var shift = UInt32(truncatingIfNeeded: chunks.count) << 20
        let last = chunks.count - 1
        if other.chunks.count == 1, other.chunks[0].count < room {
            shift = UInt32(truncatingIfNeeded: last << 20 | chunks[last].count)
            chunks[last].append(contentsOf: other.chunks[0])
        } else {
            // Copied to their size: while they grew they took up to twice as much.
            for chunk in other.chunks { chunks.append(Array(chunk[...])) }
        }
        for start in other.starts { starts.append(start + shift) }
        byteCount += other.byteCount
        return true
    }

    /// Adds a text and returns its id, or nil when the table is full.
    package mutating func append(_ text: [UInt8]) -> UInt32? {
        text.withUnsafeBufferPointer { append($0) }
    }

    /// Adds a text and returns its id, or nil when the table is full.
    package mutating func append(_ text: String) -> UInt32? {
        var text = text
        return text.withUTF8 { append($0) }
    }

    /// Whether a text has no bytes; so has an id that does not exist.
    package func isEmpty(_ id: UInt32) -> Bool {
        let index = Int(id)
        guard index < starts.count else { return true }
        let start = starts[index]
        let next = index + 1 < starts.count ? starts[index + 1] : .max
        if next >> 20 == start >> 20 { return next == start }
        return chunks[Int(start >> 20)].count == Int(start & 0xF_FFFF)
    }

    /// Hands out the bytes of a text; empty for an id that does not exist.
    @inlinable @inline(__always)
    package func withBytes<Result>(
        of id: UInt32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let index = Int(id)
        guard index < starts.count else {
            return try body(UnsafeBufferPointer(start: nil, count: 0))
        }
        let start = starts[index]
        let next = index + 1 < starts.count ? starts[index + 1] : .max
        return try chunks[Int(start >> 20)].withUnsafeBufferPointer { bytes in
            let from = Int(start & 0xF_FFFF)
            let to = next >> 20 == start >> 20 ? Int(next & 0xF_FFFF) : bytes.count
            return try body(UnsafeBufferPointer(rebasing: bytes[from..<to]))
        }
    }

    /// The bytes of a text, to be read while the table is held and not changed; empty for an id
    /// that does not exist. Other rooms can't have `withBytes` inlined, and a call with a closure
    /// costs ten times as much as this one.
    package func unsafeBytes(of id: UInt32) -> UnsafeBufferPointer<UInt8> {
        withBytes(of: id) { $0 }
    }

    /// A text as a string; broken UTF-8 is repaired.
    package func string(_ id: UInt32) -> String {
        withBytes(of: id) { String(decoding: $0, as: UTF8.self) }
    }
}
