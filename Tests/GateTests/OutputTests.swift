import Foundation
import Glibc
import Testing
import Zip

@testable import Gate

/// Files and folders that appear whole or not at all.
struct OutputTests {
    private struct Stop: Error {}

    private static let hash = String(repeating: "a", count: 64)
    private static let report = #"{"workbook":{"name":"x.xlsx","sha256":"\#(hash)"}}"#

    /// The errno of an error about an output.
    private func reason(_ body: () throws -> Void) -> Int32? {
        do {
            try body()
            return nil
        } catch let error as OutputError {
            guard case .cannotWrite(let number) = error.problem else { return -1 }
            return number
        } catch {
            return -2
        }
    }

    private func put(_ text: String, _ sink: FileSink) throws {
        var sink = sink
        try sink.write(Array(text.utf8)[...])
    }

    // MARK: Files

    @Test func aFileAppearsWhole() throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write(folder.path("new.txt")) { sink in
            try put("hello", sink)
            #expect(!folder.names.contains("new.txt"))
        }
        #expect(folder.names == ["new.txt"])
        #expect(try folder.text("new.txt") == "hello")
    }

    @Test func aFileOfItsNameIsReplaced() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "something much longer")
        try AtomicFile.write(folder.path("a.txt")) { try put("new", $0) }
        #expect(try folder.text("a.txt") == "new")
        #expect(folder.names == ["a.txt"])
    }

    @Test func aFileThatIsNotFinishedLeavesTheOldOneAndNothingElse() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "old")
        #expect(throws: Stop.self) {
            try AtomicFile.write(folder.path("a.txt")) { sink in
                try put("new", sink)
                throw Stop()
            }
        }
        #expect(try folder.text("a.txt") == "old")
        #expect(folder.names == ["a.txt"])
    }

    @Test func whereNoFileCanBeNothingIsLeft() throws {
        let folder = try TemporaryFolder()
        try folder.write("file", "x")
        try folder.makeFolder("folder")
        let long = String(repeating: "n", count: 300)
        let cases = [
            ("missing/a.txt", ENOENT), ("file/a.txt", ENOTDIR), ("folder", EISDIR),
            (long, ENAMETOOLONG),
        ]
        for (name, number) in cases {
            let told = reason { try AtomicFile.write(folder.path(name)) { try put("x", $0) } }
            #expect(told == number, "\(name.prefix(20))")
        }
        #expect(folder.names == ["file", "folder"])
    }

    @Test func aDeviceOrPipeIsNotReplaced() throws {
        let folder = try TemporaryFolder()
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        #expect(reason { try AtomicFile.write(folder.path("pipe")) { _ in } } != nil)
        var status = stat()
        #expect(lstat(folder.path("pipe"), &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFIFO)
        #expect(folder.names == ["pipe"])
    }

    @Test func aFullDiskNamesTheFile() throws {
        let descriptor = Glibc.open("/dev/full", O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let told = reason {
            try OutputError.naming("out.xlsx") {
                let sink = FileSink(descriptor: descriptor)
                try put("x", sink)
                try sink.flush()
            }
        }
        #expect(told == ENOSPC)
    }

    @Test func aReasonIsInWords() {
        let error = OutputError(.cannotWrite(errno: ENOSPC), path: "x")
        #expect(error.reason == "No space left on device")
    }

    // MARK: Folders

    /// Fills a folder with one file.
    private func make(_ path: String, finishing: Bool = true, text: String = report) throws {
        var folder = try OutcomeFolder(path, ofWorkbook: Self.hash, name: "test")
        try AtomicFile.write("\(folder.partialPath)/report.json") { try put(text, $0) }
        if finishing { try folder.finish() }
    }

    private func isForeign(_ path: String) -> Bool { reason { try make(path) } == -1 }

    @Test(arguments: ["outcome", "outcome/", "outcome//"])
    func aFolderAppearsWhole(_ name: String) throws {
        let folder = try TemporaryFolder()
        try make(folder.path(name))
        #expect(folder.names == ["outcome", "outcome/report.json"])
    }

    @Test func anEmptyFolderIsTaken() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("outcome")
        try make(folder.path("outcome"))
        #expect(folder.names == ["outcome", "outcome/report.json"])
    }

    @Test func anEarlierOutcomeOfTheSameWorkbookIsReplaced() throws {
        let folder = try TemporaryFolder()
        try make(folder.path("outcome"))
        for name in ["rejected.xlsx", "rejected-2.xlsx", "batch-0001.jsonl", "manifest.json"] {
            try folder.write("outcome/\(name)", "old")
        }
        try make(folder.path("outcome"))
        #expect(folder.names == ["outcome", "outcome/report.json"])
    }

    @Test func aFolderThatIsNotFinishedLeavesTheOldOneAndNothingElse() throws {
        let folder = try TemporaryFolder()
        try make(folder.path("outcome"))
        try make(folder.path("outcome"), finishing: false, text: "half")
        #expect(folder.names == ["outcome", "outcome/report.json"])
        #expect(try folder.text("outcome/report.json") == Self.report)
    }

    @Test func whatIsForeignIsLeftAlone() throws {
        let folder = try TemporaryFolder()
        try folder.write("file", "x")
        try folder.makeFolder("other")
        try folder.write("other/letter.txt", "x")
        try folder.makeFolder("broken")
        try folder.write("broken/report.json", "{")
        try folder.makeFolder("stranger")
        try folder.write("stranger/report.json", #"{"workbook":{"sha256":"b"}}"#)
        try folder.makeFolder("nested/report.json")
        let before = folder.names
        for name in ["file", "other", "broken", "stranger", "nested"] {
            #expect(isForeign(folder.path(name)), "\(name)")
        }
        #expect(folder.names == before)
    }

    @Test(arguments: ["notes.txt", "upload (sent).xlsx", "mails/ann.eml"])
    func anOutcomeInWhichSomebodyKeepsAFileIsLeftAlone(_ name: String) throws {
        let folder = try TemporaryFolder()
        try make(folder.path("outcome"))
        try folder.makeFolder("outcome/mails")
        try folder.write("outcome/\(name)", "mine")
        #expect(isForeign(folder.path("outcome")))
        #expect(try folder.text("outcome/\(name)") == "mine")
    }

    @Test func aLinkToAFolderIsLeftAlone() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("elsewhere")
        try #require(symlink(folder.path("elsewhere"), folder.path("link")) == 0)
        #expect(isForeign(folder.path("link")))
    }

    @Test func aFolderWhoseParentIsMissingCannotBeMade() throws {
        let folder = try TemporaryFolder()
        #expect(reason { try make(folder.path("a/b")) } == ENOENT)
        #expect(reason { try make("") } != nil)
        #expect(folder.names == [])
    }
}
