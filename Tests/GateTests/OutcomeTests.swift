import Catalogue
import Foundation
import Testing
import Validation
import XLSX
import Zip

@testable import Gate

/// What is written of a judgement, and what comes of it when it is uploaded again.
struct OutcomeTests {
    private let messages = Result { try Messages(language: "en") }

    /// Writes the outcome of a judgement into a folder of a name.
    private func write(_ judgement: Judgement, to path: String, adopted: InputFile? = nil) throws {
        try Outcome(judgement, messages: messages.get(), adopted: adopted).write(toFolder: path)
    }

    private func rejected(
        of judgement: Judgement, in folder: borrowing TemporaryFolder,
        name: String = "rejected.xlsx"
    ) throws -> InputFile {
        try Outcome(judgement, messages: messages.get()).writeRejected(to: folder.path(name))
        return try InputFile(opening: folder.path(name))
    }

    private func judgeAgain(_ file: InputFile) throws -> Judgement {
        try Studio.judge(file, names: ListFile(Fixture.open("studio/domains.csv")))
    }

    private struct ManifestHead: Decodable {
        struct File: Decodable {
            var name: String
            var sha256: String
        }
        var files: [File]
    }

    // MARK: The folder

    @Test(arguments: ["mixed.xlsx", "good.xlsx", "portal-own.xlsx", "typed.xlsx"])
    func theManifestNamesEveryOtherFileWithItsHash(_ name: String) throws {
        let folder = try TemporaryFolder()
        try write(try Studio.judgeFixture(name), to: folder.path("o"))
        let manifest = try JSONDecoder().decode(
            ManifestHead.self, from: Data(folder.bytes("o/manifest.json")))
        let named = manifest.files.map { "o/\($0.name)" } + ["o", "o/manifest.json"]
        #expect(named.sorted() == folder.names)
        for file in manifest.files {
            let written = try InputFile(opening: folder.path("o/\(file.name)"))
            #expect(try written.sha256 == file.sha256)
        }
    }

    @Test func nothingToFixMeansNoRejectedWorkbook() throws {
        let folder = try TemporaryFolder()
        let judgement = try Studio.judgeFixture("good.xlsx")
        try write(judgement, to: folder.path("o"))
        #expect(!folder.names.contains("o/rejected.xlsx"))
        #expect(folder.names.contains("o/upload.xlsx"))
        try Outcome(judgement, messages: messages.get()).writeRejected(to: folder.path("r.xlsx"))
        #expect(!folder.names.contains("r.xlsx"))
    }

    @Test func theSameInputGivesTheSameFiles() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            try write(try Studio.judgeFixture("mixed.xlsx"), to: folder.path(name))
        }
        let names = folder.names.filter { $0.hasPrefix("a/") }.map { $0.dropFirst(2) }
        #expect(names.count > 5)
        for name in names where name != "manifest.json" {
            let (one, other) = (try folder.bytes("a/\(name)"), try folder.bytes("b/\(name)"))
            if name.hasSuffix(".xlsx") {
                #expect(try Parts(one) == Parts(other), "\(name)")
            } else {
                #expect(one == other, "\(name)")
            }
        }
    }

    @Test func anOutcomeThatFailsHalfwayLeavesTheOldOne() throws {
        let folder = try TemporaryFolder()
        let judgement = try Studio.judgeFixture("mixed.xlsx")
        try write(judgement, to: folder.path("o"))
        let before = folder.names
        let manifest = try folder.bytes("o/manifest.json")
        let broken = InputFile(name: "adopted.xlsx", bytes: Array("no workbook".utf8))
        #expect(throws: (any Error).self) {
            try write(judgement, to: folder.path("o"), adopted: broken)
        }
        #expect(folder.names == before)
        #expect(try folder.bytes("o/manifest.json") == manifest)
    }

    @Test func takingNothingWritesEveryRowBackAndNoOperation() throws {
        let folder = try TemporaryFolder()
        var judgement = try Studio.judgeFixture("mixed.xlsx")
        let filled = judgement.counts.accepted + judgement.counts.rejected
        judgement.acceptNothing()
        try write(judgement, to: folder.path("o"))
        #expect(!folder.names.contains { $0.hasSuffix(".jsonl") || $0.hasSuffix("upload.xlsx") })
        let again = try judgeAgain(try InputFile(opening: folder.path("o/rejected.xlsx")))
        #expect(again.counts.rows == filled)
    }

    @Test func rowsThatAreLeftOutAreInNoFile() throws {
        let folder = try TemporaryFolder()
        let judgement = try Studio.judgeFixture("filtered.xlsx", hiddenRows: .leave)
        try write(judgement, to: folder.path("o"))
        #expect(judgement.counts.rejected == 0)
        #expect(!folder.names.contains("o/rejected.xlsx"))
    }

    // MARK: The loop

    @Test(arguments: ["mixed.xlsx", "typed.xlsx", "portal-own.xlsx", "filtered.xlsx"])
    func whatComesBackUnfixedHasTheSameFaults(_ name: String) throws {
        let folder = try TemporaryFolder()
        let first = try Studio.judgeFixture(name)
        let second = try judgeAgain(try rejected(of: first, in: folder))
        #expect(first.counts.rejected > 0)
        #expect(second.counts.rows == first.counts.rejected)
        #expect(second.counts.rejected == first.counts.rejected)
        #expect(second.errors(original: true) == first.errors())
    }

    @Test func aThirdUploadIsLikeTheSecond() throws {
        let folder = try TemporaryFolder()
        let first = try Studio.judgeFixture("mixed.xlsx")
        let second = try judgeAgain(try rejected(of: first, in: folder, name: "2.xlsx"))
        let third = try judgeAgain(try rejected(of: second, in: folder, name: "3.xlsx"))
        #expect(third.errors(original: true) == first.errors())
    }

    @Test func suggestionsAloneCloseTheLoop() throws {
        let folder = try TemporaryFolder()
        let first = try Studio.judgeFixture("suggestions-only.xlsx")
        let file = try rejected(of: first, in: folder)
        let answered = try answering(file)
        let second = try judgeAgain(answered)
        #expect(second.errors() == [])
        #expect(second.counts.accepted == first.counts.rejected)
        let right = try Studio.judgeFixture("suggestions-right.xlsx")
        #expect(try names(second).isSubset(of: names(right)))
    }

    @Test func theRejectedWorkbookNamesItsPortalAndSaysNothingOfItself() throws {
        let folder = try TemporaryFolder()
        let second = try judgeAgain(
            try rejected(of: try Studio.judgeFixture("mixed.xlsx"), in: folder))
        #expect(second.codes == [.headerUnknown])
        #expect(second.findings.first?.column == "Notes")
    }

    /// The same cells with Yes in every `Use suggestions?`.
    private func answering(_ file: InputFile) throws -> InputFile {
        let workbook = try Workbook(opening: file.source)
        let info = try #require(workbook.sheets.first { $0.name == "Customers" })
        var rows: [HeaderRow] = []
        try TextRows.forEach(of: info, of: workbook) { rows.append($0) }
        let header = try #require(rows.first)
        let answer = try #require(header.cells.first { $0.text == "Use suggestions?" }).columnIndex
        let filled = rows.prefix { $0.cells.contains { $0.columnIndex == 0 && !$0.text.isEmpty } }
        return try InputFile([
            TestSheet(
                filled.map { row in
                    var cells: [CellContent] = Array(
                        repeating: .blank, count: (header.cells.last?.columnIndex ?? 0) + 1)
                    for cell in row.cells { cells[cell.columnIndex] = .text(cell.text) }
                    if row.rowIndex > 0 { cells[answer] = "Yes" }
                    return cells
                })
        ])
    }

    /// What the first column says in every row.
    private func names(_ judgement: Judgement) throws -> Set<String> {
        let sheet = try #require(judgement.store?.sheets.first)
        return Set(try (0..<sheet.rowCount).map { try judgement.text(row: $0, "name") })
    }
}

/// The parts of a workbook, inflated.
struct Parts: Equatable {
    let bytes: [String: [UInt8]]

    init(_ archive: [UInt8]) throws {
        let archive = try ZipArchive(reading: MemorySource(archive))
        var bytes: [String: [UInt8]] = [:]
        for entry in archive.entries {
            bytes[entry.name] = try archive.contents(of: entry, sizeMax: 64 << 20)
        }
        self.bytes = bytes
    }
}
