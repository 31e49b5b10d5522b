import Catalogue
import Foundation
import Glibc

/// The folder of an import's outcome: it appears whole or not at all.
///
/// Files are written into `DIR.partial-…`, flushed, and the folder is renamed. DIR may be absent,
/// empty, or hold an earlier outcome of the same workbook and nothing else, which is replaced.
package struct OutcomeFolder: ~Copyable {
    let path: String
    /// Where files are written until `finish`.
    let partialPath: String
    private var isFinished = false

    /// - Parameters:
    ///   - sha256: of the workbook: whose earlier outcome may be replaced.
    ///   - name: what the folder is told by until it is in its place.
    init(_ path: String, ofWorkbook sha256: String, name: String) throws(OutputError) {
        let path = Self.plain(path)
        self.path = path
        partialPath = Self.partialPath(of: path, name: name)
        guard Self.mayReplace(path, sha256) else { throw OutputError(.foreignFolder, path: path) }
        guard mkdir(partialPath, 0o755) == 0 else { throw .system(path) }
    }

    /// Makes sure that all of it is on the disk.
    func flush() throws(OutputError) { try Self.flush(partialPath) }

    /// Leaves it beside its place.
    mutating func leave() { isFinished = true }

    /// Puts the folder in its place.
    mutating func finish() throws(OutputError) {
        try Self.flush(partialPath)
        let oldPath = "\(partialPath)-old"
        let hasOld = rename(path, oldPath) == 0
        guard rename(partialPath, path) == 0 else {
            let error = OutputError.system(path)
            if hasOld { rename(oldPath, path) }
            throw error
        }
        isFinished = true
        if hasOld { Self.remove(oldPath) }
        try Self.flush(Self.parent(of: path))
    }

    /// Removes what a process that broke down left of an outcome, and puts the earlier one back if
    /// it was just being replaced.
    package static func removePartial(of path: String, name: String) {
        let path = plain(path)
        let partialPath = partialPath(of: path, name: name)
        var status = stat()
        if lstat(path, &status) != 0 { rename("\(partialPath)-old", path) }
        for leftover in [partialPath, "\(partialPath)-old"] where lstat(leftover, &status) == 0 {
            remove(leftover)
        }
    }

    /// Puts a folder in its place that another process left beside it, whole.
    ///
    /// - Throws: `OutputError`; also when something else has taken the place meanwhile.
    package static func finishPartial(of path: String, name: String) throws(OutputError) {
        var folder = OutcomeFolder(leftBeside: plain(path), name: name)
        var status = stat()
        if lstat(folder.partialPath, &status) == 0 { try folder.finish() }
        remove("\(folder.partialPath)-old")
    }

    private init(leftBeside path: String, name: String) {
        self.path = path
        partialPath = Self.partialPath(of: path, name: name)
        // It is not ours to remove.
        isFinished = true
    }

    private static func partialPath(of path: String, name: String) -> String {
        "\(path).partial-\(name)"
    }

    private static func plain(_ path: String) -> String {
        var path = path
        while path.count > 1, path.last == "/" { path.removeLast() }
        return path
    }

    deinit {
        if !isFinished { Self.remove(partialPath) }
    }

    /// Absent, an empty folder, or an outcome whose report names the same workbook. Whatever
    /// somebody put beside our files would be lost, so it makes the folder a foreign one.
    private static func mayReplace(_ path: String, _ sha256: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENOENT }
        guard status.st_mode & S_IFMT == S_IFDIR else { return false }
        let names = FileManager.default.subpaths(atPath: path) ?? []
        if names.isEmpty { return true }
        guard names.allSatisfy(isOurs),
            let bytes = FileManager.default.contents(atPath: "\(path)/report.json")
        else {
            return false
        }
        return ReportHead(bytes)?.workbook.sha256 == sha256
    }

    /// Whether a file's name is one of those an outcome has.
    private static func isOurs(_ name: String) -> Bool {
        let single = [
            "report.json", "report.html", "rows.tsv", "changes.xlsx", "upload.xlsx",
            "manifest.json", "checklist.txt",
        ]
        let translated = Messages.languages.flatMap {
            ["report-\($0).json", "report-\($0).html", "rows-\($0).tsv"]
        }
        return single.contains(name) || translated.contains(name)
            || isNumbered(name, "batch-", ".jsonl")
            || name == "rejected.xlsx" || isNumbered(name, "rejected-", ".xlsx")
    }

    private static func isNumbered(_ name: String, _ start: String, _ end: String) -> Bool {
        let digits = name.dropFirst(start.count).dropLast(end.count)
        return name.hasPrefix(start) && name.hasSuffix(end) && !digits.isEmpty
            && digits.allSatisfy(\.isASCII) && digits.allSatisfy(\.isNumber)
    }

    private static func flush(_ path: String) throws(OutputError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(path) }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Removes a folder of ours; what can't be removed stays and harms nobody.
    private static func remove(_ path: String) {
        for name in FileManager.default.subpaths(atPath: path) ?? [] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}

/// What an earlier report says it is about.
private struct ReportHead: Decodable {
    struct Workbook: Decodable { var sha256: String }
    var workbook: Workbook

    init?(_ bytes: Data) {
        do {
            self = try JSONDecoder().decode(ReportHead.self, from: bytes)
        } catch {
            return nil
        }
    }
}
