@testable import XLSX
@testable import Zip

/// A workbook taken apart, to be put together otherwise.
struct Repackaging {
    /// In the archive's order.
    var parts: [(name: String, bytes: [UInt8])]

    init(_ bytes: [UInt8]) throws {
        let archive = try ZipArchive(reading: MemorySource(bytes))
        parts = try archive.entries.map {
            ($0.name, try archive.contents(of: $0, sizeMax: 1 << 24))
        }
    }

    /// The text of a part, nil when there is none; a new part comes last.
    subscript(name: String) -> String? {
        get {
            parts.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        set {
            let index = parts.firstIndex { $0.name == name }
            guard let newValue else { return }
            if let index {
                parts[index].bytes = Array(newValue.utf8)
            } else {
                parts.append((name, Array(newValue.utf8)))
            }
        }
    }

    var sheetNames: [String] {
        parts.map(\.name).filter { $0.hasPrefix("xl/worksheets/sheet") }.sorted()
    }

    /// Changes the text of every part that is XML.
    mutating func edit(_ change: (String) -> String) {
        for index in parts.indices {
            let text = String(decoding: parts[index].bytes, as: UTF8.self)
            parts[index].bytes = Array(change(text).utf8)
        }
    }

    mutating func exchange(_ one: String, with other: String) {
        (self[one], self[other]) = (self[other], self[one])
    }

    func zipped(level: CompressionLevel = .default) throws -> [UInt8] {
        var writer = ZipWriter(to: MemorySink())
        for part in parts {
            try writer.beginEntry(named: part.name, level: level)
            try writer.write(part.bytes)
            try writer.endEntry()
        }
        return try writer.finish().bytes
    }

    /// With CRC-32 and sizes behind the data of each entry, as programs write that cannot go back
    /// (APPNOTE 4.3.9).
    func zippedWithDescriptors() throws -> [UInt8] {
        let plain = try zipped()
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        let entries = try ZipArchive(reading: MemorySource(plain)).entries
        for entry in entries {
            var directoryEntry = header(ZipFormat.directoryRecord, of: entry, hasSums: true)
            // Comment, disk and attributes are none.
            directoryEntry += [UInt8](repeating: 0, count: 10)
            directoryEntry.append(little: UInt32(bytes.count))
            directory += directoryEntry + Array(entry.name.utf8)
            bytes += header(ZipFormat.localHeader, of: entry, hasSums: false)
            bytes += Array(entry.name.utf8)
            let start = Int(entry.dataOffset)
            bytes += plain[start..<start + Int(entry.compressedSize)]
            bytes.append(little: ZipFormat.dataDescriptor)
            bytes += sums(of: entry)
        }
        let offset = bytes.count
        bytes += directory
        bytes.append(little: ZipFormat.endRecord)
        bytes.append(little: UInt32(0))
        bytes.append(little: UInt16(entries.count))
        bytes.append(little: UInt16(entries.count))
        bytes.append(little: UInt32(directory.count))
        bytes.append(little: UInt32(offset))
        bytes.append(little: UInt16(0))
        return bytes
    }

    /// What both headers have, up to the size of the extra field.
    private func header(_ signature: UInt32, of entry: ZipEntry, hasSums: Bool) -> [UInt8] {
        var header: [UInt8] = []
        header.append(little: signature)
        if signature == ZipFormat.directoryRecord { header.append(little: UInt16(20)) }
        header.append(little: UInt16(20))
        header.append(little: ZipFormat.descriptorFlag)
        header.append(little: ZipFormat.deflated)
        header.append(little: UInt32(0x0021_0000))
        header += hasSums ? sums(of: entry) : [UInt8](repeating: 0, count: 12)
        header.append(little: UInt16(entry.name.utf8.count))
        header.append(little: UInt16(0))
        return header
    }

    private func sums(of entry: ZipEntry) -> [UInt8] {
        var sums: [UInt8] = []
        sums.append(little: entry.crc)
        sums.append(little: UInt32(entry.compressedSize))
        sums.append(little: UInt32(entry.size))
        return sums
    }
}
