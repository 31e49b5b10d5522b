import Synchronization

@testable import Zip

/// Bytes in memory that count how many of them were asked for.
final class CountingSource: ByteSource {
    private let bytes: MemorySource
    private let count = Mutex(0)

    init(_ bytes: [UInt8]) {
        self.bytes = MemorySource(bytes)
    }

    var size: UInt64 { bytes.size }
    var bytesRead: Int { count.withLock { $0 } }

    func read(
        at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipError) -> Int {
        let got = try bytes.read(at: offset, into: buffer)
        count.withLock { $0 += got }
        return got
    }
}

/// Bytes in memory whose n-th read fails or, as if the file had shrunk, finds nothing; others give
/// at most `blockSize` bytes.
final class FailingSource: ByteSource {
    enum Failure: Sendable { case error, end }

    private let bytes: MemorySource
    private let blockSize: Int
    private let failure: Failure
    private let readsLeft: Mutex<Int>

    init(_ bytes: [UInt8], failingAfter reads: Int, with failure: Failure, blockSize: Int = 64) {
        self.bytes = MemorySource(bytes)
        self.failure = failure
        self.blockSize = blockSize
        readsLeft = Mutex(reads)
    }

    var size: UInt64 { bytes.size }

    func read(
        at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipError) -> Int {
        let left = readsLeft.withLock { left in
            left -= 1
            return left
        }
        guard left != -1 else {
            if failure == .end { return 0 }
            throw ZipError(.cannotRead, found: "a broken disk", expected: "bytes", errno: 5)
        }
        let part = buffer[..<min(buffer.count, blockSize)]
        return try bytes.read(at: offset, into: .init(rebasing: part))
    }
}

/// A sink whose n-th call fails.
struct FailingSink: ByteSink {
    var callsLeft: Int
    var sink = MemorySink()

    mutating func count() throws(ZipError) {
        callsLeft -= 1
        if callsLeft == -1 {
            throw ZipError(.cannotWrite, found: "a full disk", expected: "room", errno: 28)
        }
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ZipError) {
        try count()
        try sink.write(bytes)
    }

    mutating func overwrite(
        at offset: UInt64, _ bytes: UnsafeRawBufferPointer
    ) throws(ZipError) {
        try count()
        try sink.overwrite(at: offset, bytes)
    }

    mutating func flush() throws(ZipError) { try count() }
}

/// Reproducible numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
