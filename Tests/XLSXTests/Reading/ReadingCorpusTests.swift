import Foundation
import Testing
import XLSX
import Zip

/// Cutting changes nothing in files that other programs wrote.
@Suite("Reading the corpus in pieces")
struct ReadingCorpusTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Workbooks below a folder; none when it is not there.
    private static func workbooks(in folder: String) -> [String] {
        let folder = root.appending(path: folder)
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.allObjects as? [URL] ?? []).map(\.path)
            .filter { $0.hasSuffix(".xlsx") || $0.hasSuffix(".xlsm") }.sorted()
    }

    @Test func `fixtures have the same cells in pieces and whole`() throws {
        let files = Self.workbooks(in: "Fixtures") + Self.workbooks(in: "Templates")
        #expect(files.count > 20)
        for file in files { #expect(try ReadOutcome.isSame(in: file), "\(file)") }
    }

    /// In two halves, so that two cores read it.
    @Test(
        .enabled(if: !workbooks(in: "../shared/corpus/files").isEmpty, "the corpus is not there"),
        arguments: [0, 1])
    func `the corpus has the same cells in pieces and whole`(half: Int) throws {
        for (index, file) in Self.workbooks(in: "../shared/corpus/files").enumerated()
        where index % 2 == half {
            #expect(try ReadOutcome.isSame(in: file), "\(file)")
        }
    }
}
