/// Writes finished markup where there is room for it: what cells are made of, piece by piece.
///
/// `XMLWriter.raw(room:_:)` hands one out; every `put` checks that it stays inside the room.
package struct MarkupCursor {
    private var next: UnsafeMutablePointer<UInt8>
    private let end: UnsafeMutablePointer<UInt8>

    init(from start: UnsafeMutablePointer<UInt8>, room: Int) {
        next = start
        end = start + room
    }

    /// How many bytes of a room are left.
    var room: Int { end - next }

    /// Writes markup of our own.
    @inline(__always)
    package mutating func put(_ markup: StaticString) {
        put(UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    /// Writes bytes that are markup already.
    @inline(__always)
    package mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        precondition(room >= bytes.count)
        next.update(from: start, count: bytes.count)
        next += bytes.count
    }

    /// Writes up to eight characters at once.
    @inline(__always)
    package mutating func put(_ text: PackedText) {
        precondition(room >= 8)
        UnsafeMutableRawPointer(next).storeBytes(of: text.word.littleEndian, as: UInt64.self)
        next += text.count
    }
}
