import Glibc
import Spreadsheet
import XML

/// The first different texts of a workbook, each once; what finds no room is written inline.
///
/// Weak importers know shared strings only, so a workbook of common size has nothing else. Of a
/// large one the table takes a bounded part, and memory does not grow with rows. A class because
/// the workbook and the sheet being written share it.
///
/// Found by open addressing. A probe is cut short, so that texts chosen to collide cost no more
/// than others: they go inline.
///
/// Whoever writes a sheet asks for one text after the other, so no accesses overlap; to check that
/// would cost each cell as much as finding its text.
final class SharedStringTable {
    /// Different texts in the table; with their slots about 2 MiB.
    static let countMax = 1 << 16
    /// Bytes of all texts together.
    static let byteCountMax = 4 << 20
    /// Bytes from which on a text is long. Long texts seldom repeat, so they get a part of the room
    /// only; but one that a small file repeats a million times would make a large one of it.
    static let longTextSize = 256
    static let longByteCountMax = 1 << 20
    private static let slotCount = countMax * 2
    private static let probeCountMax = 16

    @exclusivity(unchecked) private var texts = TextTable()
    @exclusivity(unchecked) private var longByteCount = 0
    /// The upper half of a text's hash and its id + 1; 0 is a free slot. No array, which would be
    /// counted for every cell.
    private let slots = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: slotCount)
    /// How many cells refer to the table.
    @exclusivity(unchecked) private(set) var referenceCount = 0

    init() { slots.initialize(repeating: 0) }

    deinit { slots.deallocate() }

    /// The number of texts.
    var count: Int { texts.count }

    /// The index of a text for one more cell, or nil when it has to be written inline.
    func index(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        let hash = Self.hash(text)
        let mark = hash & ~UInt64(UInt32.max)
        var slot = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
        for _ in 0..<Self.probeCountMax {
            let entry = slots[slot]
            guard entry != 0 else { return add(text, mark: mark, slot: slot) }
            let id = UInt32(truncatingIfNeeded: entry) &- 1
            if entry & ~UInt64(UInt32.max) == mark, holds(text, as: id) {
                referenceCount += 1
                return Int(id)
            }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        return nil
    }

    private func holds(_ text: UnsafeBufferPointer<UInt8>, as id: UInt32) -> Bool {
        let bytes = texts.unsafeBytes(of: id)
        guard bytes.count == text.count, let held = bytes.baseAddress,
            let sought = text.baseAddress
        else { return false }
        return memcmp(held, sought, text.count) == 0
    }

    private func add(_ text: UnsafeBufferPointer<UInt8>, mark: UInt64, slot: Int) -> Int? {
        guard texts.count < Self.countMax, texts.byteCount + text.count <= Self.byteCountMax,
            takesLong(text.count), let id = texts.append(text)
        else { return nil }
        if text.count >= Self.longTextSize { longByteCount += text.count }
        slots[slot] = mark | UInt64(id + 1)
        referenceCount += 1
        return Int(id)
    }

    private func takesLong(_ byteCount: Int) -> Bool {
        byteCount < Self.longTextSize || longByteCount + byteCount <= Self.longByteCountMax
    }

    /// Mixes eight bytes at a time; good enough to spread texts, not to withstand an attack.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(text)
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        var hash = UInt64(truncatingIfNeeded: bytes.count) &* factor
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* factor
            hash ^= hash >> 32
            offset += 8
        }
        for byte in bytes[offset...] { hash = (hash ^ UInt64(byte)) &* factor }
        return hash ^ hash >> 29
    }

    /// Writes `xl/sharedStrings.xml` (ECMA-376 Part 1 §18.4.9), handing over every full block.
    func write(_ flush: (inout XMLWriter) throws(WorkbookWriterError) -> Void)
        throws(WorkbookWriterError)
    {
        var xml = XMLWriter(capacity: WorksheetWriter.blockSize)
        xml.declaration()
        xml.start("sst")
        xml.attribute("xmlns", Namespace.main)
        xml.attribute("count", referenceCount)
        xml.attribute("uniqueCount", texts.count)
        for id in 0..<UInt32(texts.count) {
            xml.raw("<si>")
            texts.withBytes(of: id) { StringCell.write($0, to: &xml) }
            xml.raw("</si>")
            if xml.bytes.count >= WorksheetWriter.blockSize { try flush(&xml) }
        }
        xml.end("sst")
        try flush(&xml)
    }
}
