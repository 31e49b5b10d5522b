import Crypto
import Provisioning
import Reports
import Threads
import Zip

/// The files of an outcome as they are written into its partial folder, with what a manifest says
/// of them.
struct OutcomeFiles {
    let folder: String
    private(set) var written: [OutputFile] = []
    /// Those of the batches, in their order.
    private(set) var operations: [WrittenOperation] = []

    init(folder: String) { self.folder = folder }

    /// Writes a workbook, or anything else that is patched while it is written.
    mutating func write(_ name: String, _ body: (FileSink) throws -> Void) throws {
        let path = "\(folder)/\(name)"
        try AtomicFile.write(path, body)
        let file = try InputFile(opening: path)
        written.append(OutputFile(name: name, sha256: try file.sha256))
    }

    /// Writes a report.
    mutating func write(_ name: String, _ report: any Report) throws {
        try write(name) { file in
            var sink = FileReportSink(file: file)
            try report.write(to: &sink)
        }
    }

    /// Writes a report, and beside it the rows that it has findings of.
    mutating func write(_ name: String, _ report: JSONReport, rowsNamed rowsName: String) throws {
        var rows: ReportRows?
        try write(name) { file in
            var sink = FileReportSink(file: file)
            rows = try report.writeNotingRows(to: &sink)
        }
        guard let rows else { return }
        try write(rowsName) { file in
            var sink = FileReportSink(file: file)
            try rows.write(to: &sink)
        }
    }

    mutating func write(_ name: String, _ bytes: [UInt8]) throws {
        try write(name) { file in
            var file = file
            try file.write(bytes[...])
        }
    }

    mutating func write(_ name: String, _ checklist: Checklist) throws {
        try write(name) { file in
            try checklist.forEachPiece { piece in
                var file = file
                try file.write(piece)
            }
        }
    }

    /// Writes all batches of a plan.
    ///
    /// - Parameter keepsAccount: whether `operations` is wanted.
    mutating func write(_ plan: BatchPlan, keepsAccount: Bool, threadCount: Int) throws {
        var operations: [WrittenOperation] = []
        let files = BatchFiles(folder: folder, threadCount: threadCount)
        var writer = BatchWriter(
            to: files, observer: keepsAccount ? { operations.append($0) } : nil)
        let batches = try writer.write(plan)
        try files.finish()
        written += batches
        self.operations = operations
    }
}

private struct FileReportSink: ReportSink {
    var file: FileSink

    mutating func write(_ bytes: [UInt8]) throws { try file.write(bytes[...]) }
}

/// Batches as files of a folder.
///
/// A disk takes its time to say that a file is safe; the next one is written meanwhile.
private struct BatchFiles: BatchSink {
    let folder: String
    private var file: AtomicFile?
    private let finishing: OrderedWork<AtomicFile, Result<Void, any Error>>

    init(folder: String, threadCount: Int) {
        self.folder = folder
        finishing = OrderedWork(threadCount: min(threadCount, 2)) { file in
            Result { try file.finish() }
        }
    }

    mutating func begin(_ name: String) throws {
        file = try AtomicFile(creating: "\(folder)/\(name)")
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) throws {
        guard let file else { return }
        var sink = file.sink
        try OutputError.naming(file.path) { try sink.write(bytes) }
    }

    mutating func end() throws {
        guard let ended = file.take() else { return }
        while finishing.isFull, let result = finishing.next() { try result.get() }
        finishing.submit(ended)
    }

    /// Waits until all of them are in their place; the last call.
    func finish() throws {
        while let result = finishing.next() { try result.get() }
    }
}
