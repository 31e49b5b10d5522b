/// What stands before the first record of a part, while it is collected.
struct PartHead {
    /// Bytes among which a first record has to begin for the part to be cut at all.
    static let sizeBytesMax = 64 * 1024

    private(set) var bytes: [UInt8] = []

    mutating func append(_ piece: UnsafeRawBufferPointer) { bytes.append(contentsOf: piece) }

    /// The head and what was read behind it, when pieces can be given the same head: it must be
    /// short and hold nothing but tags, as a comment might be open where it ends.
    func cut(at mark: RecordMark) -> (head: [UInt8], rest: [UInt8])? {
        bytes.withUnsafeBufferPointer { bytes in
            guard let end = mark.firstIndex(in: bytes), end <= Self.sizeBytesMax,
                let start = Self.rootIndex(in: bytes[..<end]), !hasSection(bytes[start..<end])
            else { return nil }
            return (Array(bytes[start..<end]), Array(bytes[end...]))
        }
    }

    /// Where the root's start tag is: behind the declaration.
    private static func rootIndex(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        bytes.indices.dropLast().first {
            bytes[$0] == UInt8(ascii: "<") && bytes[$0 + 1] != UInt8(ascii: "?")
        }
    }

    private func hasSection(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.indices.dropLast().contains {
            bytes[$0] == UInt8(ascii: "<")
                && (bytes[$0 + 1] == UInt8(ascii: "!") || bytes[$0 + 1] == UInt8(ascii: "?"))
        }
    }
}
