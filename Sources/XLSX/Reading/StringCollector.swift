/// Collects the text of a string item or an inline string at the end of a buffer
/// (ECMA-376 Part 1 §18.4.8, §18.4.12): runs joined, phonetic text left to the caller.
struct StringCollector {
    /// Where the whole text begins in the buffer.
    private(set) var start = 0
    private(set) var isTooLong = false
    private var runStart = 0
    private var keepsSpace = false

    /// Begins a text at the end of the buffer, which has `size` bytes.
    mutating func begin(at size: Int) {
        start = size
        isTooLong = false
    }

    /// Begins a run, or the only text there is, at the end of the buffer.
    ///
    /// - Parameter keepsSpace: whether `xml:space="preserve"` holds; without it Excel cuts white
    ///   space.
    mutating func beginRun(at size: Int, keepsSpace: Bool) {
        runStart = size
        self.keepsSpace = keepsSpace
    }

    /// Adds a piece; what is longer than any text may be is not kept.
    @inline(__always)
    mutating func append(_ piece: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        guard !isTooLong, bytes.count - start + piece.count <= CellText.rawSizeBytesMax else {
            isTooLong = true
            return
        }
        bytes.append(contentsOf: piece)
    }

    /// Follows the buffer's bytes, which have moved towards the beginning.
    mutating func move(by distance: Int) {
        start = max(0, start - distance)
        runStart = max(0, runStart - distance)
    }

    /// Ends a run.
    mutating func endRun(in bytes: inout [UInt8]) {
        if !keepsSpace { CellText.trim(&bytes, from: runStart) }
    }

    /// Ends the text: it stands from `start` to the end of the buffer.
    mutating func finish(in bytes: inout [UInt8]) {
        CellText.decodeEscapes(&bytes, from: start)
        if CellText.truncate(&bytes, from: start) { isTooLong = true }
    }
}
