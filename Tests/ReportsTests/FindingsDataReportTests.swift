import Catalogue
import Testing
import Validation

@testable import Reports

/// Reports for machines: JSON, JSON Lines and TSV.
@Suite struct FindingsDataReportTests {
    private let english: Messages

    init() throws { english = try FindingsFixture.english.get() }

    private let head = """
        {"portal":"test","definitionVersion":3,"today":"2026-01-31",\
        "workbook":{"name":"customers.xlsx","sha256":"ab12"},\
        "inputs":{"domains":"cd34","existing":null},\
        "counts":{"rows":4,"accepted":0,"rejected":2,"unchanged":0,"leftOut":0,"blank":2,"hidden":0},\
        "effects":{"added":0,"updated":0,"deleted":0,"paid":[],"paidCount":0,"trials":[],"mails":[]}
        """

    private let renamed = """
        {"code":"header.renamed","severity":"info","sheet":"Customers","row":1,"column":"Platform",\
        "cell":"C1","found":"Platform (optional)",\
        "message":"The column Platform (optional) was read as Platform.",\
        "remedy":"Nothing, if that is right. Otherwise give the column another title.",\
        "related":[],"relatedCount":0,"suggestion":null}
        """

    private let duplicate = """
        {"code":"email.duplicate_in_file","severity":"error","sheet":"Customers","row":3,\
        "column":"Email Address","cell":"B3","found":"bea@agency.example",\
        "message":"bea@agency.example is also in B5.",\
        "remedy":"Give each row an address of its own.",\
        "related":["B5"],"relatedCount":1,"suggestion":null}
        """

    private let blank = """
        {"code":"cell.required","severity":"error","sheet":"Customers","row":3,\
        "column":"Platform (optional)","cell":"C3","found":null,\
        "message":"Platform (optional) is blank in row 3, and must not be.",\
        "remedy":"Choose Luminate Wholesale.",\
        "related":[],"relatedCount":0,"suggestion":"Luminate Wholesale"}
        """

    private var twin: String {
        duplicate.replacing(#""row":3"#, with: #""row":5"#)
            .replacing(#""cell":"B3""#, with: #""cell":"B5""#)
            .replacing("also in B5", with: "also in B3")
            .replacing(#"["B5"]"#, with: #"["B3"]"#)
    }

    /// Rows 3 and 5 of the mixed rows.
    private func facts() throws -> ReportFacts {
        let store = FindingsFixture.store(
            Array(FindingsFixture.mixed[1...2]), blankRowCount: 2)
        let note = FileFinding(
            .headerRenamed, sheet: "Customers", rowNumber: 1, column: "Platform", cell: "C1",
            found: "Platform (optional)")
        return FindingsFixture.facts(try FindingsFixture.judged(store), files: [note])
    }

    @Test func `JSON is one object: the file's findings first, then by row and column`() throws {
        let text = try PieceSink.text(of: JSONReport(facts(), messages: english))
        let findings = [renamed, duplicate, blank, twin].joined(separator: ",\n")
        #expect(text == head + ",\"findings\":[\n\(findings)]}\n")
    }

    @Test func `JSON Lines begin with the object, then a finding a line`() throws {
        let text = try PieceSink.text(of: JSONLinesReport(facts(), messages: english))
        let lines = [head + "}", renamed, duplicate, blank, twin]
        #expect(text == lines.joined(separator: "\n") + "\n")
    }

    @Test func `a file that was not judged has zero counts, and null for what is unknown`() throws {
        let facts = ReportFacts(unjudged: [FileFinding(.fileEmpty)])
        let text = try PieceSink.text(of: JSONReport(facts, messages: english))
        #expect(
            text == """
                {"portal":null,"definitionVersion":null,"today":null,\
                "workbook":{"name":null,"sha256":null},"inputs":{},\
                "counts":{"rows":0,"accepted":0,"rejected":0,"unchanged":0,"leftOut":0,"blank":0,\
                "hidden":0},\
                "effects":{"added":0,"updated":0,"deleted":0,"paid":[],"paidCount":0,"trials":[],"mails":[]},\
                "findings":[
                {"code":"file.empty","severity":"error","sheet":null,"row":null,"column":null,\
                "cell":null,"found":null,\
                "message":"The file is empty: it has no contents at all.",\
                "remedy":"Save the workbook once more in Excel and upload it again. If you \
                downloaded it, download it again.",\
                "related":[],"relatedCount":0,"suggestion":null}]}

                """)
    }

    @Test func `effects name price and sum, and null where a price is not known`() throws {
        var facts = ReportFacts(unjudged: [])
        facts.effects = FindingsFixture.effects
        let text = try PieceSink.text(of: JSONReport(facts, messages: english))
        #expect(
            text.contains(
                """
                "effects":{"added":3,"updated":1,"deleted":0,"paid":[\
                {"package":"Gold","count":2,"price":"12.50","currency":"GBP","per":"month",\
                "sum":"25.00"},\
                {"package":"Silver","count":1,"price":null,"currency":null,"per":null,"sum":null}],\
                "paidCount":3,\
                "trials":[{"date":"2026-02-28","count":2}],\
                "mails":[{"kind":"invitation","count":1}]},"findings":[]}
                """))
    }

    @Test func `TSV has a header and a line for each finding`() throws {
        let text = try PieceSink.text(of: TSVReport(facts(), messages: english))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6 && lines.last == "")
        #expect(lines.dropLast().allSatisfy { $0.count { $0 == "\t" } == 11 })
        #expect(
            lines[2] == """
                email.duplicate_in_file\terror\tCustomers\t3\tEmail Address\tB3\
                \tbea@agency.example\tbea@agency.example is also in B5.\
                \tGive each row an address of its own.\tB5\t1\t
                """)
    }

    @Test func `a value cannot break a line of TSV`() throws {
        let facts = try FindingsFixture.facts(of: [
            .init(2, ["acme.1.service", "a\tb\\c\r\nd\u{1B}e\u{2028}ü@x", "Luminate Wholesale"])
        ])
        let text = try PieceSink.text(of: TSVReport(facts, messages: english))
        #expect(text.contains(#"\#ta\tb\\c\r\nd\u001be\u2028ü@x\#t"#))
        #expect(text.split(separator: "\n").count == 2)
    }

    @Test func `many findings go out in pieces, and none is left out`() throws {
        let facts = FindingsFixture.facts(try FindingsFixture.judged(errors: 2_000))
        var sink = PieceSink()
        try JSONReport(facts, messages: english).write(to: &sink)
        #expect(sink.pieces.count > 5)
        #expect(sink.pieces.allSatisfy { (1..<ReportLimits.pieceSize + 4_096).contains($0.count) })
        let lines = sink.pieces.joined().count { $0 == UInt8(ascii: "\n") }
        #expect(lines == 2_000 + 1)
    }

    @Test func `a sink that fails ends the report with its error`() throws {
        struct Full: Error {}
        struct FullSink: ReportSink {
            mutating func write(_ bytes: [UInt8]) throws { throw Full() }
        }
        let report = try JSONReport(facts(), messages: english)
        var sink = FullSink()
        #expect(throws: Full.self) { try report.write(to: &sink) }
    }
}
