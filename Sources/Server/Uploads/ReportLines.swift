import Foundation

/// The lines of a report that a worker left, one after the other: no more than a piece of it is
/// held, however long it is.
struct ReportLines {
    private static let pieceSize = 64 << 10

    private let file: FileHandle
    private var piece: [UInt8] = []
    /// In the piece: where what was not handed out begins.
    private var position = 0
    /// In the file: where the next line begins.
    private(set) var offset: Int

    /// - Parameter offset: where a line begins.
    /// - Returns: nil where there is no report, or no line begins.
    init?(_ path: String, from offset: Int = 0) throws {
        guard let file = FileHandle(forReadingAtPath: path),
            let start = UInt64(exactly: max(0, offset - 1)), try start <= file.seekToEnd()
        else { return nil }
        try file.seek(toOffset: start)
        if offset > 0, try file.read(upToCount: 1) != Data("\n".utf8) { return nil }
        self.file = file
        self.offset = offset
    }

    /// The next line without its end; nil behind the last one.
    mutating func next() throws -> [UInt8]? {
        var end = piece[position...].firstIndex(of: UInt8(ascii: "\n"))
        while end == nil {
            let more = try file.read(upToCount: Self.pieceSize) ?? Data()
            if more.isEmpty { return nil }
            let looked = piece.count - position
            piece = Array(piece[position...]) + more
            position = 0
            end = piece[looked...].firstIndex(of: UInt8(ascii: "\n"))
        }
        guard let end else { return nil }
        let line = Array(piece[position..<end])
        offset += line.count + 1
        position = end + 1
        return line
    }
}

extension UploadReport.Head {
    /// What stands before the findings; nil where there is no report.
    init?(folder: String) {
        do {
            let path = ReportFiles.report(in: folder)
            guard var lines = try ReportLines(path), let first = try lines.next() else {
                return nil
            }
            self = try Self.decoded(Data(first))
        } catch {
            return nil
        }
    }

    /// - Parameter line: the first one, which opens the list of findings.
    static func decoded(_ line: Data) throws -> Self {
        let isWhole = line.suffix(2).elementsEqual("]}".utf8)
        return try JSONDecoder().decode(Self.self, from: isWhole ? line : line + Data("]}".utf8))
    }
}
