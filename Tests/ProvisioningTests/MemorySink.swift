@testable import Provisioning

/// Keeps files in memory, and fails at a write when told to.
struct MemorySink: BatchSink {
    struct Full: Error {}

    private(set) var files: [(name: String, bytes: [UInt8])] = []
    private(set) var endCount = 0
    /// How many writes succeed.
    var writesLeft = Int.max

    mutating func begin(_ name: String) throws(Full) { files.append((name, [])) }

    mutating func write(_ bytes: ArraySlice<UInt8>) throws(Full) {
        if writesLeft == 0 { throw Full() }
        writesLeft -= 1
        files[files.count - 1].bytes += bytes
    }

    mutating func end() throws(Full) { endCount += 1 }

    /// The lines of each file.
    var lines: [[String]] {
        files.map { file in
            String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }
}

extension BatchPlan {
    /// The lines of all its batches.
    func lines() throws -> [String] {
        var writer = BatchWriter(to: MemorySink())
        _ = try writer.write(self)
        return writer.sink.lines.flatMap(\.self)
    }
}
