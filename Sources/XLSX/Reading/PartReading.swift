import XML
import Zip

/// Reads one part of a package through the XML parser, piece by piece, so that rows can be taken in
/// between.
final class PartReading {
    private static let pieceSize = 64 * 1024

    let partName: String
    private let reader: ZipEntryReader
    private let parser: XMLParser
    private let piece: UnsafeMutableRawBufferPointer
    private(set) var isAtEnd = false

    init(
        of entry: ZipEntry, in archive: ZipArchive, handler: any XMLHandler, limits: WorkbookLimits
    ) throws(WorkbookError) {
        partName = entry.name
        do throws(ZipError) { reader = try archive.open(entry) } catch {
            throw WorkbookError(error)
        }
        parser = XMLParser(handler: handler, limits: limits.xml)
        piece = .allocate(byteCount: Self.pieceSize, alignment: 16)
    }

    deinit { piece.deallocate() }

    /// Reads the next piece; at the end the document has been whole and the CRC right.
    func step() throws(WorkbookError) {
        let count = try readPiece()
        do throws(XMLError) {
            if count > 0 {
                let bytes = UnsafeRawBufferPointer(piece)[..<count]
                try parser.feed(
                    UnsafeRawBufferPointer(rebasing: bytes).assumingMemoryBound(to: UInt8.self))
            } else {
                isAtEnd = true
                try parser.finish()
            }
        } catch {
            // Broken markup may be what a broken archive looks like: then its error is the cause.
            if error.code == .malformed { try drain() }
            throw WorkbookError(error, part: partName)
        }
    }

    /// Reads what is left.
    func finish() throws(WorkbookError) {
        while !isAtEnd { try step() }
    }

    private func drain() throws(WorkbookError) {
        while try readPiece() > 0 {}
    }

    private func readPiece() throws(WorkbookError) -> Int {
        do throws(ZipError) { return try reader.read(into: piece) } catch {
            throw WorkbookError(error)
        }
    }
}

extension ZipArchive {
    /// Reads a whole part through a handler.
    func read(
        _ entry: ZipEntry, with handler: any XMLHandler, limits: WorkbookLimits
    ) throws(WorkbookError) {
        try PartReading(of: entry, in: self, handler: handler, limits: limits).finish()
    }
}
