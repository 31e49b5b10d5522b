import XLSX
import Zip

/// What reading all sheets of a workbook comes to.
struct ReadOutcome: Equatable {
    /// Every cell, or why there are none. How many were handed out before that depends on the
    /// pieces.
    var lines: [String] = []

    init(
        _ source: any ByteSource, asWritten: Bool, pieceSize: Int?, threads: Int = 1,
        limits: WorkbookLimits = .upload
    ) {
        var parallelism = Parallelism(threadCount: threads)
        parallelism.pieceSizeBytes = pieceSize
        do {
            let workbook = try Workbook(opening: source, limits: limits, parallelism: parallelism)
            for index in workbook.sheets.indices {
                var cells: [String] = []
                do {
                    try workbook.readSheet(index, asWritten: asWritten) { cells.append($0) }
                } catch let error as WorkbookError { cells = ["\(error)"] }
                lines += cells
            }
        } catch { lines = ["\(error)"] }
    }

    /// Whether a file gives the same in pieces and whole; large ones in larger pieces.
    static func isSame(in path: String) throws -> Bool {
        let source = try FileSource(opening: path)
        let (size, threads) = source.size < 20_000 ? (900, 1) : (20_000, 2)
        return ReadOutcome(source, asWritten: true, pieceSize: size, threads: threads)
            == ReadOutcome(source, asWritten: true, pieceSize: nil)
    }
}
