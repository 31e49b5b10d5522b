/// The values of a record, by field: nil where its source did not say.
///
/// All of them lie in one allocation, and a value becomes a `String` when it is asked for: of most
/// records that are compared with a row every value is the same, which the bytes tell.
package struct KnownValues: Sendable, Equatable {
    /// For each value where it starts and its size, four bytes each; then the bytes of the values.
    private var bytes: [UInt8]
    package let count: Int

    private static let entrySize = 8
    /// The size of a value that is not known.
    private static let none = UInt32.max

    /// Values of which none is known.
    ///
    /// - Parameter size: of what they will be, in bytes, so that there is room for it.
    package init(count: Int, size: Int = 0) {
        self.count = count
        bytes = []
        bytes.reserveCapacity(count * Self.entrySize + size)
        bytes.append(contentsOf: repeatElement(.max, count: count * Self.entrySize))
    }

    package init(_ values: [String?]) {
        self.init(count: values.count)
        for (field, value) in values.enumerated() {
            if var value { value.withUTF8 { set($0, field) } }
        }
    }

    /// Says what a value is.
    ///
    /// - Parameter value: UTF-8. One that is too large for its place, 4 GiB and more, is unknown.
    package mutating func set(_ value: UnsafeBufferPointer<UInt8>, _ field: Int) {
        guard let start = UInt32(exactly: bytes.count), value.count < Int(Self.none) else { return }
        bytes.append(contentsOf: value)
        bytes.withUnsafeMutableBytes { room in
            let entry = field * Self.entrySize
            room.storeBytes(of: start, toByteOffset: entry, as: UInt32.self)
            room.storeBytes(
                of: UInt32(truncatingIfNeeded: value.count), toByteOffset: entry + 4,
                as: UInt32.self)
        }
    }

    /// Hands out the bytes of a value; nil for one that is not known.
    @inline(__always)
    func withBytes<Result>(
        _ field: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Result
    ) -> Result {
        precondition(field >= 0 && field < count)
        return bytes.withUnsafeBufferPointer { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            let entry = field * Self.entrySize
            let size = raw.loadUnaligned(fromByteOffset: entry + 4, as: UInt32.self)
            if size == Self.none { return body(nil) }
            let start = Int(raw.loadUnaligned(fromByteOffset: entry, as: UInt32.self))
            return body(UnsafeBufferPointer(rebasing: bytes[start..<start + Int(size)]))
        }
    }

    /// The order in which values were set does not matter.
    package static func == (left: KnownValues, right: KnownValues) -> Bool {
        left.elementsEqual(right)
    }
}

extension KnownValues: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(field: Int) -> String? {
        withBytes(field) { $0.map { String(decoding: $0, as: UTF8.self) } }
    }
}

extension KnownValues: ExpressibleByArrayLiteral {
    package init(arrayLiteral values: String?...) { self.init(values) }
}
