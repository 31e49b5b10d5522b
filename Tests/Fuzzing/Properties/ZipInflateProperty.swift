@testable import Zip

/// Any bytes as an entry's data: what is read is what zlib makes of all of them, and it is read
/// when size and CRC-32 are declared right, and only then.
///
/// The first byte says what is declared: bit 0 stored, bit 1 another CRC-32, the bits above the
/// size of the reader's buffer. The second one is what the declared size is off by.
enum ZipInflateProperty {
    /// Bytes that are inflated to know what is in there; of a stream with more none are.
    private static let sizeMax = 1 << 18

    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 2 else { return }
        let data = Array(bytes[2...])
        // With what looks like a second end record the archive is refused, whatever the data is.
        guard data.positions(of: ZipFormat.endRecord).isEmpty else { return }
        let isStored = bytes[0] & 1 != 0
        let hasOtherCrc = bytes[0] & 2 != 0
        let surplus = Int(Int8(bitPattern: bytes[1]))
        let contents = isStored ? data : inflated(data)
        let size = (contents ?? []).count + surplus
        guard size >= 0 else { return }
        let crc = Crc32.of(contents ?? [])
        let found = read(
            EntryData(
                bytes: data, isStored: isStored, size: size, crc: hasOtherCrc ? ~crc : crc),
            bufferSize: Int(bytes[0] >> 2) + 1)
        let isRight = contents != nil && surplus == 0 && !hasOtherCrc
        expect(found == (isRight ? contents : nil), "an entry is read as it is, or refused")
    }

    /// What zlib makes of a stream; nil when it is broken, longer or does not end with the bytes.
    private static func inflated(_ data: [UInt8]) -> [UInt8]? {
        do throws(ZipError) {
            let inflater = try Inflater()
            var room = [UInt8](repeating: 0, count: sizeMax)
            let step = try room.withUnsafeMutableBufferPointer { (room) throws(ZipError) in
                try data.withUnsafeBufferPointer { (data) throws(ZipError) in
                    try inflater.step(
                        from: UnsafeRawBufferPointer(data),
                        into: UnsafeMutableRawBufferPointer(room))
                }
            }
            return step.isLast && step.consumed == data.count ? Array(room[..<step.produced]) : nil
        } catch { return nil }
    }

    private static func read(_ data: EntryData, bufferSize: Int) -> [UInt8]? {
        do throws(ZipError) {
            let archive = try ZipArchive(reading: MemorySource(data.archive))
            let reader = try archive.open(archive.entries[0])
            var contents: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: bufferSize)
            while true {
                let count = try buffer.withUnsafeMutableBufferPointer {
                    (buffer) throws(ZipError) in
                    try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                if count == 0 { return contents }
                contents += buffer[..<count]
            }
        } catch { return nil }
    }
}

/// The only entry of an archive, with what is declared of it.
private struct EntryData {
    let bytes: [UInt8]
    let isStored: Bool
    let size: Int
    let crc: UInt32

    var archive: [UInt8] {
        var archive = header(ZipFormat.localHeader, versions: 1) + [UInt8(ascii: "a")] + bytes
        let offset = archive.count
        archive += header(ZipFormat.directoryRecord, versions: 2)
        // Comment, disk, attributes and the local header's offset are 0.
        archive += [UInt8](repeating: 0, count: 14) + [UInt8(ascii: "a")]
        let directorySize = archive.count - offset
        archive.append(little: ZipFormat.endRecord)
        archive.append(little: UInt32(0))
        archive.append(little: UInt32(0x0001_0001))
        archive.append(little: UInt32(directorySize))
        archive.append(little: UInt32(offset))
        archive.append(little: UInt16(0))
        return archive
    }

    /// What both headers have: signature, versions, flags and method, time and date, CRC-32, sizes,
    /// size of name and extra field.
    private func header(_ signature: UInt32, versions: Int) -> [UInt8] {
        var header: [UInt8] = []
        header.append(little: signature)
        for _ in 0..<versions { header.append(little: UInt16(20)) }
        header.append(little: UInt16(0))
        header.append(little: isStored ? ZipFormat.stored : ZipFormat.deflated)
        header.append(little: UInt32(0x0021_0000))
        header.append(little: crc)
        header.append(little: UInt32(bytes.count))
        header.append(little: UInt32(size))
        header.append(little: UInt32(1))
        return header
    }
}
