import Testing

@testable import Zip

/// Each limit: what is just within is read, what is just beyond is refused.
@Suite struct ZipLimitsTests {
    private func outcome(
        _ zip: RawZip, _ edit: (inout ZipLimits) -> Void
    ) -> ZipError.Code? {
        var limits = ZipLimits.upload
        edit(&limits)
        let (bytes, final) = (zip.bytes, limits)
        return code { () throws(ZipError) in try readAll(bytes, limits: final) }
    }

    @Test func `entries`() {
        #expect(outcome(.sample) { $0.entryCountMax = 2 } == nil)
        #expect(outcome(.sample) { $0.entryCountMax = 1 } == .tooManyEntries)
    }

    @Test func `bytes of a name`() {
        #expect(outcome(.sample) { $0.entryNameSizeMax = 12 } == nil)
        #expect(outcome(.sample) { $0.entryNameSizeMax = 11 } == .badName)
    }

    @Test func `bytes of the directory`() {
        let size = UInt64(2 * 46 + 5 + 12)
        #expect(outcome(.sample) { $0.directorySizeMax = size } == nil)
        #expect(outcome(.sample) { $0.directorySizeMax = size - 1 } == .badHeader)
    }

    @Test func `bytes of an entry`() {
        #expect(outcome(.sample) { $0.entryInflatedSizeMax = 240 } == nil)
        #expect(outcome(.sample) { $0.entryInflatedSizeMax = 239 } == .inflatedTooLarge)
    }

    @Test func `bytes of all entries that are read, each once`() throws {
        #expect(outcome(.sample) { $0.totalInflatedSizeMax = 251 } == nil)
        #expect(outcome(.sample) { $0.totalInflatedSizeMax = 250 } == .inflatedTooLarge)
        var limits = ZipLimits.upload
        limits.totalInflatedSizeMax = 240
        let archive = try ZipArchive(reading: MemorySource(RawZip.sample.bytes), limits: limits)
        for _ in 1...3 {
            _ = try archive.open(archive.entries[1])
            let refused = code { () throws(ZipError) in try archive.open(archive.entries[0]) }
            #expect(refused == .inflatedTooLarge)
        }
    }

    @Test func `bytes the caller wants at most`() throws {
        let archive = try ZipArchive(reading: MemorySource(RawZip.sample.bytes))
        let entry = archive.entries[1]
        #expect(try archive.contents(of: entry, sizeMax: 240).count == 240)
        #expect(
            code { () throws(ZipError) in try archive.contents(of: entry, sizeMax: 239) }
                == .inflatedTooLarge)
    }

    @Test func `inflated bytes for a compressed one`() {
        var zip = RawZip()
        zip.add("dense", [UInt8](repeating: 0, count: 1 << 20))
        let ratio = UInt64(1 << 20) / UInt64(zip.entries[0].data.count)
        #expect(
            outcome(zip) {
                $0.ratioFreeSize = 0; $0.inflateRatioMax = ratio + 1
            } == nil)
        #expect(
            outcome(zip) {
                $0.ratioFreeSize = 0; $0.inflateRatioMax = ratio / 2
            } == .ratio)
        #expect(
            outcome(zip) {
                $0.ratioFreeSize = 1 << 20; $0.inflateRatioMax = 1
            } == nil)
        #expect(
            outcome(zip) {
                $0.ratioFreeSize = 1 << 20 - 1; $0.inflateRatioMax = 1
            } == .ratio)
        #expect(outcome(zip) { _ in } == nil)
    }

    /// Ten GiB of zeros in ten MB, as the directory tells it honestly.
    @Test func `a bomb is refused without inflating it`() {
        var zip = RawZip()
        zip.add("xl/worksheets/sheet1.xml", [UInt8](repeating: 0, count: 16 << 20))
        #expect(outcome(zip) { _ in } == .ratio)
        zip.entries[0].data += [UInt8](repeating: 0, count: 10 << 20)
        let count = UInt32(zip.entries[0].data.count)
        zip.entries[0].both { ($0.compressedSize, $0.size) = (count, .max) }
        zip.entries[0].widen(size: 10 << 30)
        zip.entries[0].local.extra = RawZip.zip64Extra(10 << 30, UInt64(count))
        #expect(outcome(zip) { _ in } == .inflatedTooLarge)
    }
}
