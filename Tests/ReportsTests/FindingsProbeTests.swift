import Catalogue
import Testing
import Validation

@testable import Reports

@Suite struct FindingsProbeTests {
    @Test func probe() throws {
        let judged = try FindingsFixture.judged(
            FindingsFixture.store(FindingsFixture.mixed, blankRowCount: 2))
        let messages = try Messages(language: "en")
        let files = [FileFinding(.headerRenamed, sheet: "Customers", rowNumber: 1, column: "Platform", cell: "C1", found: "Platform (optional)")]
        let facts = FindingsFixture.facts(judged, files: files)
        print(try PieceSink.text(of: JSONReport(facts, messages: messages)))
        print(try PieceSink.text(of: TextReport(facts, messages: messages)))
        print(try PieceSink.text(of: TSVReport(facts, messages: messages)))
        print(try PieceSink.text(of: HTMLReport(facts, messages: messages)))
        let german = try Messages(language: "de")
        print(try PieceSink.text(of: TextReport(facts, messages: german)))
    }
}
