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

    /// What the writer takes when nothing is said: 3, tuned to what sheets look like.
    ///
    /// Rows differ from each other in a few digits, so matches are of 30 to 60 bytes, and in a
    /// chain the nearest are the best. Level 3 leaves the inside of matches longer than 6 out of
    /// its table and then finds the next row's matches late; taking up to 64 in and looking at 8
    /// places is better and not slower. Measured on 40 MB of a sheet (zlib 1.2.13, one thread):
    /// level 1 takes 260 ms for 5.06 MB, 2: 240 ms for 4.41, 3: 310 ms for 4.02, 3 tuned: 300 ms
    /// for 3.80, 5: 530 ms for 3.69, 6: 860 ms for 3.67.
    package static let `default` = CompressionLevel(3)

    /// zlib's `deflateTune`: `max_lazy`, `nice_length` and `max_chain` of the default level.
    static let matchSizeInserted: Int32 = 64
    static let matchSizeEnough: Int32 = 32
    static let chainLength: Int32 = 8
}
