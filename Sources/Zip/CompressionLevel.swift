/// How hard the writer tries to make an entry small.
package struct CompressionLevel: Sendable, Equatable {
    /// 0 stores the bytes as they are; 1 is zlib's fastest, 9 its smallest.
    package let number: Int32

    /// A level of zlib, 0 to 9.
    package init(_ number: Int32) {
        precondition((0...9).contains(number))
        self.number = number
    }

    /// Bytes as they are.
    package static let stored = CompressionLevel(0)

    /// What the writer takes when nothing is said: the fastest.
    ///
    /// Measured on 50 MB of a generated sheet (97,000 rows, 8 cells each; release build, zlib
    /// 1.2.13, best of seven, one thread): level 1 takes 273 ms for 6.0 MB, 2: 281 ms for 5.8,
    /// 3: 338 ms for 5.6, 4: 477 ms for 5.5, 5: 558 ms for 5.1, 6: 773 ms for 5.0. Half a second
    /// is worth more to whoever waits than the sixth of the size.
    package static let `default` = CompressionLevel(1)
}
