import Glibc
import Portals
package import Provisioning
package import Validation

/// The files of an attempt, in a folder beside the ledger: the workbook as it came, and what was
/// made of every row and of every operation, a line each.
///
/// They hold values in the clear, and are removed with the attempt.
package struct KeptFiles: Sendable {
    private let root: String
    package let folder: String

    /// - Parameter ledger: the ledger's own path.
    package init(ofLedger ledger: String, name: String) {
        root = "\(ledger).files"
        folder = "\(root)/\(name)"
    }

    package var workbookPath: String { "\(folder)/workbook.xlsx" }
    var rowsPath: String { "\(folder)/rows.tsv" }
    /// Rows that a later try is compared with: those to fix, and those that left a step alone.
    var returnsPath: String { "\(folder)/returns.tsv" }
    var operationsPath: String { "\(folder)/operations.tsv" }

    /// Milliseconds between two tries to hold a new folder, and how many there are.
    private static let (pause, tryCountMax) = (5, 1_000)

    /// Makes the folder, and holds it: as long as it is held, it is no leftover.
    ///
    /// Somebody who tidies up may be faster and take the new folder for a leftover; then it is made
    /// again.
    ///
    /// - Throws: `LedgerError`.
    package func make() throws -> KeptFilesHold {
        for _ in 0..<Self.tryCountMax {
            for path in [root, folder] where mkdir(path, 0o700) != 0 && errno != EEXIST {
                let reason = String(cString: strerror(errno))
                throw LedgerError(.cannotWrite, path: path, found: reason)
            }
            if let hold = hold() { return hold }
            usleep(UInt32(Self.pause * 1_000))
        }
        throw LedgerError(.withdrawn, path: folder)
    }

    /// Takes hold of files that nobody holds; nil for those that somebody does, or that are not
    /// there.
    package func hold() -> KeptFilesHold? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var (held, named) = (stat(), stat())
        // Between the two it may have gone away, and another one may have its name.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &held) == 0,
            stat(folder, &named) == 0, held.st_ino == named.st_ino
        else {
            close(descriptor)
            return nil
        }
        return KeptFilesHold(descriptor)
    }

    /// Whether the folder is there.
    package var isThere: Bool { access(folder, F_OK) == 0 }

    /// Removes all of it.
    package func remove() {
        for name in Self.names(in: folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// What is kept beside a ledger.
    static func names(ofLedger ledger: String) -> [String] { names(in: "\(ledger).files") }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { bytes in
                bytes.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes sure that the names of the files are on the disk, too.
    package func flush() throws {
        for path in [folder, root] {
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw LedgerError(.cannotWrite, path: path, found: String(cString: strerror(errno)))
            }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else {
                throw LedgerError(.cannotWrite, path: path, found: String(cString: strerror(errno)))
            }
        }
    }

    /// Writes what came of every row.
    package func write(_ values: RecordValues) throws {
        var lines = try LineWriter(rowsPath)
        var returns = try LineWriter(returnsPath)
        try Self.forEachLine(of: values) { line, isReturn in
            try lines.write(line)
            if isReturn { try returns.write(line) }
        }
        try lines.finish()
        try returns.finish()
    }

    /// Writes the rows alone that a later try is compared with.
    package static func writeReturns(_ values: RecordValues, to path: String) throws {
        var returns = try LineWriter(path)
        try forEachLine(of: values, returnsOnly: true) { line, _ in try returns.write(line) }
        try returns.finish()
    }

    /// - Parameter body: is handed the line of each row, and whether a later try is compared with
    ///   it.
    private static func forEachLine(
        of values: RecordValues, returnsOnly: Bool = false,
        _ body: ([UInt8], _ isReturn: Bool) throws -> Void
    ) throws {
        for sheet in values.store.sheets.indices {
            try forEachLine(of: values, sheet, returnsOnly: returnsOnly, body)
        }
    }

    private static func forEachLine(
        of values: RecordValues, _ sheet: Int, returnsOnly: Bool,
        _ body: ([UInt8], Bool) throws -> Void
    ) throws {
        let store = values.store.sheets[sheet]
        let definition = values.definition.sheets[store.definitionIndex]
        let fields = definition.fields.map(\.id)
        let keyFields = definition.key.compactMap { definition.fieldIndex($0) }
        var line: [UInt8] = []
        for row in 0..<store.rowCount {
            let state = values.verdicts.states[sheet][row]
            let action = values.verdicts.actions[sheet][row]
            let leavesRecord = definition.isRemembered && action.changesRecord
            let isReturn = state == .rejected || (state == .accepted && !leavesRecord)
            if returnsOnly && !isReturn { continue }
            line.removeAll(keepingCapacity: true)
            line += "\(definition.id)\t\(store.rowNumber(row))\t".utf8
            line += "\(store.originalRowNumber(row))\t\(state.letter)\t\(action.rawValue)\t".utf8
            let record = values.verdicts.links.record(sheet: sheet, row: row)
            TextLine.append(record?.id ?? "", to: &line)
            line.append(UInt8(ascii: "\t"))
            TextLine.append(values.key(sheet: sheet, row: row, fields: keyFields), to: &line)
            line.append(UInt8(ascii: "\t"))
            append(
                values, sheet, row, fields,
                changesOnly: state == .accepted && record != nil
                    && !definition.tellsAll(action), to: &line)
            try body(line, isReturn)
        }
    }

    /// All that a row says, or what it changes.
    private static func append(
        _ values: RecordValues, _ sheet: Int, _ row: Int, _ fields: [String], changesOnly: Bool,
        to line: inout [UInt8]
    ) {
        let changes = values.verdicts.changes[Place(sheet: sheet, row: row)]
        var isFirst = true
        for field in changesOnly ? changes ?? [] : Array(fields.indices) {
            values.withValue(sheet: sheet, row: row, field: field) { value in
                if value.isEmpty && !changesOnly { return }
                if !isFirst { line.append(UInt8(ascii: "\t")) }
                isFirst = false
                line += fields[field].utf8
                line.append(UInt8(ascii: "="))
                TextLine.append(value, to: &line)
            }
        }
    }

    package func write(_ operations: [WrittenOperation], _ values: RecordValues) throws {
        var lines = try LineWriter(operationsPath)
        var line: [UInt8] = []
        for operation in operations {
            line.removeAll(keepingCapacity: true)
            var (sheet, number) = ("", 0)
            if let position = operation.sheet, let row = operation.row {
                let store = values.store.sheets[position]
                sheet = values.definition.sheets[store.definitionIndex].id
                number = store.rowNumber(row)
            }
            line += "\(operation.sequence)\t\(operation.kind.rawValue)\t".utf8
            line += "\(operation.operation)\t\(sheet)\t\(number)\t".utf8
            line += (operation.heldUntil ?? (operation.isHeld ? "1" : "0")).utf8
            line += "\t\(operation.idempotencyKey)\t".utf8
            line += operation.id.utf8
            try lines.write(line)
        }
        try lines.finish()
    }

    func forEachRow(_ body: (KeptRow) throws -> Void) throws {
        try Self.forEachRow(in: rowsPath, body)
    }

    /// Those that a later try is compared with.
    func forEachReturn(_ body: (KeptRow) throws -> Void) throws {
        try Self.forEachRow(in: returnsPath, body)
    }

    static func forEachRow(in path: String, _ body: (KeptRow) throws -> Void) throws {
        try LineReader.forEach(path) { line in
            if let row = KeptRow(line) { try body(row) }
        }
    }

    func forEachOperation(_ body: (KeptOperation) throws -> Void) throws {
        try LineReader.forEach(operationsPath) { line in
            if let operation = KeptOperation(line) { try body(operation) }
        }
    }
}

extension Action {
    /// Whether a record tells later what a row with it did.
    fileprivate var changesRecord: Bool { self == .create || self == .update || self == .link }
}

extension SheetDefinition {
    /// Whether it is in what a row says, beside what it changes, what comes of it.
    fileprivate func tellsAll(_ action: Action) -> Bool {
        (!makes.isEmpty || unlinks != nil) && !action.changesRecord
    }
}

extension RowState {
    fileprivate var letter: Character {
        switch self {
        case .accepted: "a"
        case .rejected: "r"
        case .unchanged: "u"
        case .leftOut: "l"
        }
    }
}

/// Says that somebody is at the files of an attempt: until it is released, or the process ends.
package struct KeptFilesHold: ~Copyable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    package consuming func release() {}

    deinit { close(descriptor) }
}
