import XLSX
import Zip

/// What reading all sheets of a workbook comes to.
struct ReadOutcome: Equatable {
    /// Of each sheet every cell, or why there are none; of a workbook that does not open one sheet
    /// with the reason. How many cells were handed out before an error depends on the pieces.
    private(set) var sheets: [[String]] = []

    var lines: [String] { sheets.flatMap { $0 } }

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
                sheets.append(cells)
            }
        } catch { sheets = [["\(error)"]] }
    }

    var hasError: Bool { sheets.contains(where: Self.isError) }

    /// Whether each sheet has the rows it has there, or an error and nothing else.
    func isSameOrError(as whole: ReadOutcome) -> Bool {
        if sheets.count == 1, Self.isError(sheets[0]) { return true }
        return sheets.count == whole.sheets.count
            && zip(sheets, whole.sheets).allSatisfy { $0 == $1 || Self.isError($0) }
    }

    /// The description of an error ends with its code in brackets, that of a cell with a quote.
    private static func isError(_ lines: [String]) -> Bool {
        lines.count == 1 && lines[0].hasSuffix("]")
    }

    /// Whether a file gives the same in pieces and whole; large ones in larger pieces.
    static func isSame(in path: String) throws -> Bool {
        let source = try FileSource(opening: path)
        let (size, threads) = source.size < 20_000 ? (900, 1) : (20_000, 2)
        return ReadOutcome(source, asWritten: true, pieceSize: size, threads: threads)
            == ReadOutcome(source, asWritten: true, pieceSize: nil)
    }
}
