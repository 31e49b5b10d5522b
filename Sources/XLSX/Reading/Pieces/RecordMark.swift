/// How the records of a part begin, and what closes the elements around them.
struct RecordMark: Sendable {
    /// The opening of the start tag, such as `<row`.
    private let opening: [UInt8]
    /// What makes a document of records: the end tags of the elements around them, and a NUL.
    let tail: [UInt8]

    static let row = RecordMark("<row", closing: "</sheetData></worksheet>")
    static let sharedString = RecordMark("<si", closing: "</sst>")

    private init(_ opening: String, closing: String) {
        self.opening = Array(opening.utf8)
        tail = Array(closing.utf8) + [0]
    }

    /// Where the first record begins.
    func firstIndex(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        bytes.indices.first { stands(at: $0, in: bytes) }
    }

    /// Where the last record begins.
    func lastIndex(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        bytes.indices.last { stands(at: $0, in: bytes) }
    }

    private func stands(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes[index] == opening[0], index + opening.count < bytes.count else { return false }
        for offset in 1..<opening.count where bytes[index + offset] != opening[offset] {
            return false
        }
        let next = bytes[index + opening.count]
        return next == UInt8(ascii: ">") || next == UInt8(ascii: "/") || CellText.isSpace(next)
    }
}
