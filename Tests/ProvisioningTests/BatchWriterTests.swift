import Testing

@testable import Provisioning

struct BatchWriterTests {
    /// Three operations a row, and two that are done once.
    @Test(arguments: [(1, 3, [3]), (2, 3, [3, 1]), (4, 3, [3, 3]), (4, 6, [6]), (4, 7, [6])])
    func `a file holds so many operations`(rows: Int, limit: Int, counts: [Int]) throws {
        let plan = try Bench.plan((0..<rows).map { ["", "company\($0)"] })
        var writer = BatchWriter(to: MemorySink(), operationCountMax: limit)
        let files = try writer.write(plan)
        #expect(files.map(\.operationCount) == counts)
        #expect(files.map(\.name) == counts.indices.map { "batch-000\($0 + 1).jsonl" })
        #expect(writer.sink.lines.map(\.count) == counts)
        #expect(writer.sink.endCount == counts.count)
        let sequences = try writer.sink.lines.flatMap {
            try $0.map { try JSONLine($0).members["seq"] as? Int }
        }
        #expect(sequences == Array(1...plan.operationCount))
    }

    @Test func `a file's checksum is that of its bytes, however they were handed on`() throws {
        let plan = try Bench.plan((0..<1_000).map { ["", "company\($0)"] })
        var writer = BatchWriter(to: MemorySink(), operationCountMax: 990)
        let files = try writer.write(plan)
        for (file, written) in zip(files, writer.sink.files) {
            #expect(written.bytes.count > BatchLimits.bufferSize || file.operationCount == 12)
            #expect(file.sha256 == checksum(of: written.bytes[...]))
        }
    }

    /// FIPS 180-4's own examples.
    @Test(arguments: [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ])
    func `checksums are SHA-256`(text: String, expected: String) {
        #expect(checksum(of: Array(text.utf8)[...]) == expected)
    }

    @Test func `same input, same bytes`() throws {
        let rows = (0..<50).map { ["", "company\($0)", "", "", $0 % 3 == 0 ? "Gold" : "Silver"] }
        #expect(try Bench.plan(rows).lines() == Bench.plan(rows).lines())
    }

    @Test func `what the sink throws comes through`() throws {
        let plan = try Bench.plan([["", "acme"]])
        var writer = BatchWriter(to: MemorySink(writesLeft: 0))
        #expect(throws: MemorySink.Full.self) { try writer.write(plan) }
        #expect(writer.sink.endCount == 0)
    }

    @Test(arguments: [
        (1, "batch-0001.jsonl"), (9_999, "batch-9999.jsonl"), (10_000, "batch-10000.jsonl"),
    ])
    func `files are numbered`(number: Int, name: String) {
        #expect(BatchLimits.fileName(number) == name)
    }

    private func checksum(of bytes: ArraySlice<UInt8>) -> String {
        var checksum = Checksum()
        bytes.withUnsafeBytes { checksum.add($0) }
        return checksum.hexadecimal
    }
}
