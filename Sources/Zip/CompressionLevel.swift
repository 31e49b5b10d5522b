/// How hard the writer tries to make an entry small.
package struct CompressionLevel: Sendable, Equatable {
    /// 0 stores the bytes as they are; 1 is zlib's fastest, 9 its smallest.
    package let number: Int32

    package init(_ number: Int32) {
        precondition((0...9).contains(number))
        self.number = number
    }

    package static let stored = CompressionLevel(0)
    package static let fastest = CompressionLevel(1)
    package static let `default` = CompressionLevel(1)
}
