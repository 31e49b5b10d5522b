import XML
import Zip

/// Reads one part of a package through the XML parser, piece by piece, so that rows can be taken in
/// between.
final class PartReading {
    private static let pieceSize = 64 * 1024

    let name: String
    private let reader: ZipEntryReader
    private let parser: XMLParser
    private let piece: UnsafeMutableRawBufferPointer

    init(
        of entry: ZipEntry, in archive: ZipArchive, handler: any XMLHandler, limits: WorkbookLimits
    ) throws(WorkbookError) {
        name = entry.name
        do throws(ZipError) { reader = try archive.open(entry) } catch {
            throw WorkbookError(error)
        }
        parser = XMLParser(handler: handler, limits: limits.xml)
        piece = .allocate(byteCount: Self.pieceSize, alignment: 16)
    }

    deinit { piece.deallocate() }

    /// Bytes of the file that were taken in so far.
    var sizeRead: Int { Int(clamping: reader.compressedSizeRead) }

    /// Reads and parses the next bytes; false at the end, where the document has been whole and the
    /// CRC right.
    func step() throws(WorkbookError) -> Bool {
        let count = try read(into: piece)
        guard count > 0 else {
            try parse { (parser) throws(XMLError) in try parser.finish() }
            return false
        }
        try feed(
            UnsafeRawBufferPointer(rebasing: piece[..<count]).assumingMemoryBound(to: UInt8.self))
        return true
    }

    /// Reads what is left.
    func finish() throws(WorkbookError) {
        while try step() {}
    }

    private func drain() throws(WorkbookError) {
        while try read(into: piece) > 0 {}
    }

    private func parse(
        _ body: (XMLParser) throws(XMLError) -> Void
    ) throws(WorkbookError) {
        do throws(XMLError) { try body(parser) } catch {
            // Broken markup may be what a broken archive looks like: then its error is the cause.
            if error.code == .malformed { try drain() }
            throw WorkbookError(error, part: name)
        }
    }
}

// For those who look at the bytes first.
extension PartReading {
    /// Fills the front of a buffer with the next bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int {
        do throws(ZipError) { return try reader.read(into: buffer) } catch {
            throw WorkbookError(error)
        }
    }

    /// Hands out the next bytes; false at the end.
    func read(_ body: (UnsafeRawBufferPointer) -> Void) throws(WorkbookError) -> Bool {
        let count = try read(into: piece)
        body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        return count > 0
    }

    /// Parses bytes that were read.
    func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        try parse { (parser) throws(XMLError) in try parser.feed(bytes) }
    }

    /// Parses bytes that were read.
    func feed(_ bytes: [UInt8]) throws(WorkbookError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(WorkbookError) in try feed(bytes) }
    }

    /// Whether the document is UTF-8, as far as its beginning tells.
    var isPassedThrough: Bool { parser.isPassedThrough }

    /// Leaves bytes out that were read and parsed by somebody else.
    func skip(_ byteCount: Int) { parser.skip(byteCount) }
}

extension ZipArchive {
    /// Reads a whole part through a handler.
    func read(
        _ entry: ZipEntry, with handler: any XMLHandler, limits: WorkbookLimits
    ) throws(WorkbookError) {
        try PartReading(of: entry, in: self, handler: handler, limits: limits).finish()
    }
}
