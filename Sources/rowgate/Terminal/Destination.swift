import Gate
import Glibc
import Zip

/// Where a workbook goes: a file that appears whole or not at all, or standard output.
struct Destination {
    private let path: String

    init(_ path: String) { self.path = path }

    func write(_ body: (FileSink) throws -> Void) throws {
        guard path == "-" else { return try AtomicFile.write(path, body) }
        // An archive is patched while it is written, so standard output gets it when it is whole.
        let file = try TemporaryFile()
        try body(file.sink)
        try file.forEachPiece { piece in
            try Console.put(piece)
        }
    }
}
