@testable import Zip

/// Name and contents of every entry, in the archive's order.
struct Contents: Equatable {
    var name: String
    var bytes: [UInt8]
}

/// Everything in an archive, read in blocks of `blockSize` bytes.
func readAll(
    _ source: any ByteSource, limits: ZipLimits = .upload, blockSize: Int = 1 << 16
) throws(ZipError) -> [Contents] {
    let archive = try ZipArchive(reading: source, limits: limits)
    var all: [Contents] = []
    for entry in archive.entries {
        let bytes = try drain(try archive.open(entry), blockSize: blockSize)
        all.append(Contents(name: entry.name, bytes: bytes))
    }
    return all
}

func readAll(
    _ bytes: [UInt8], limits: ZipLimits = .upload, blockSize: Int = 1 << 16
) throws(ZipError) -> [Contents] {
    try readAll(MemorySource(bytes), limits: limits, blockSize: blockSize)
}

/// What is left of an entry.
func drain(_ reader: ZipEntryReader, blockSize: Int = 1 << 16) throws(ZipError) -> [UInt8] {
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 1)
    defer { block.deallocate() }
    while true {
        let count = try reader.read(into: block)
        if count == 0 { return bytes }
        bytes.append(contentsOf: block[..<count])
    }
}

/// The code of the error `body` throws; nil without one.
func code(_ body: () throws(ZipError) -> some Any) -> ZipError.Code? {
    do throws(ZipError) {
        _ = try body()
        return nil
    } catch {
        return error.code
    }
}

/// A change to the sample archive and the code it must be refused with.
struct Fault: Sendable, CustomStringConvertible {
    var description: String
    var code: ZipError.Code
    var edit: @Sendable (inout RawZip) -> Void

    init(
        _ code: ZipError.Code, _ description: String,
        _ edit: @escaping @Sendable (inout RawZip) -> Void
    ) {
        self.description = description
        self.code = code
        self.edit = edit
    }

    var bytes: [UInt8] {
        var zip = RawZip.sample
        edit(&zip)
        return zip.bytes
    }
}
