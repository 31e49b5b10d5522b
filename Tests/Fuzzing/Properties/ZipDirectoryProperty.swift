@testable import Zip

/// Any bytes as an archive: one that opens has entries that lie apart in it, each found by its name
/// and, when read, as long as it says.
enum ZipDirectoryProperty {
    /// Bytes of an entry that is read.
    private static let sizeMax = 1 << 16

    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        do throws(ZipError) {
            try check(ZipArchive(reading: MemorySource(Array(bytes))), size: bytes.count)
        } catch { return }
    }

    private static func check(_ archive: ZipArchive, size: Int) throws(ZipError) {
        expect(!archive.entries.isEmpty, "an archive has an entry")
        for entry in archive.entries {
            let found = archive.entry(named: entry.name)
            expect(found?.dataOffset == entry.dataOffset, "an entry is found by its name")
        }
        let ranges = archive.entries.map { $0.dataOffset..<$0.dataOffset + $0.compressedSize }
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var end: UInt64 = 0
        for range in ranges {
            expect(range.lowerBound >= end, "entries lie apart")
            end = range.upperBound
        }
        expect(end <= UInt64(size), "entries lie in the file")
        for entry in archive.entries where entry.size <= Self.sizeMax {
            let contents = try archive.contents(of: entry, sizeMax: sizeMax)
            expect(UInt64(contents.count) == entry.size, "an entry is as long as it says")
        }
    }
}
