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
        "counts":{"rows":4,"accepted":0,"rejected":2,"unchanged":0,"leftOut":0,"blank":2,\
        "hidden":0},\
        "effects":{"added":0,"updated":0,"deleted":0,"changes":[],"paid":[],"paidCount":0,\
        "trials":[],"mails":[]}
        """

    private var renamed: String {
        let words = said(.headerRenamed, ["value": "Platform (optional)", "field": "Platform"])
        return """
            {"code":"header.renamed","severity":"info","sheet":"Customers","row":1,\
            "column":"Platform","cell":"C1","found":"Platform (optional)",\(words),\
            "related":[],"relatedCount":0,"suggestion":null}
            """
    }

    private func duplicate(row: Int, twin: String) -> String {
        let words = said(
            .emailDuplicateInFile, ["value": "bea@agency.example", "cells": twin])
        return """
            {"code":"email.duplicate_in_file","severity":"error","sheet":"Customers","row":\(row),\
            "column":"Email Address","cell":"B\(row)","found":"bea@agency.example",\(words),\
            "related":["\(twin)"],"relatedCount":1,"suggestion":null}
            """
    }

    /// The catalogue's words, which may change, as members of JSON.
    private func said(_ code: Code, _ arguments: [String: String]) -> String {
        """
        "message":"\(english.sentence(code, arguments))",\
        "remedy":"\(english.remedy(code, arguments))"
        """
    }

    private let blank = """
        {"code":"cell.required","severity":"error","sheet":"Customers","row":3,\
        "column":"Platform (optional)","cell":"C3","found":null,\
        "message":"Platform (optional) is blank in row 3, and must not be.",\
        "remedy":"Choose Luminate Wholesale.",\
        "related":[],"relatedCount":0,"suggestion":"Luminate Wholesale"}
        """

    private var findings: [String] {
        [renamed, duplicate(row: 3, twin: "B5"), blank, duplicate(row: 5, twin: "B3")]
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
        #expect(text == head + ",\"findings\":[\n\(findings.joined(separator: ",\n"))]}\n")
    }

    @Test func `JSON Lines begin with the object, then a finding a line`() throws {
        let text = try PieceSink.text(of: JSONLinesReport(facts(), messages: english))
        let lines = [head + "}"] + findings
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
                "effects":{"added":0,"updated":0,"deleted":0,"changes":[],"paid":[],"paidCount":0,\
                "trials":[],"mails":[]},\
                "findings":[
                {"code":"file.empty","severity":"error","sheet":null,"row":null,"column":null,\
                "cell":null,"found":null,\(said(.fileEmpty, [:])),\
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
                "effects":{"added":3,"updated":1,"deleted":0,\
                "changes":[{"sheet":"customers","action":"Create","count":3},\
                {"sheet":"customers","action":"Update","count":1}],"paid":[\
                {"package":"Gold","count":2,"price":"12.50","currency":"GBP","per":"month",\
                "sum":"25.00"},\
                {"package":"Silver","count":1,"price":null,"currency":null,"per":null,"sum":null}],\
                "paidCount":3,\
                "trials":[{"date":"2026-02-28","count":2}],\
                "mails":[{"kind":"test.invite","count":1}]},"findings":[]}
                """))
    }

    @Test func `TSV has a header and a line for each finding`() throws {
        let text = try PieceSink.text(of: TSVReport(facts(), messages: english))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let words = ["value": "bea@agency.example", "cells": "B5"]
        #expect(lines.count == 6 && lines.last == "")
        #expect(lines.dropLast().allSatisfy { $0.count { $0 == "\t" } == 11 })
        #expect(
            lines[2] == """
                email.duplicate_in_file\terror\tCustomers\t3\tEmail Address\tB3\
                \tbea@agency.example\t\(english.sentence(.emailDuplicateInFile, words))\
                \t\(english.remedy(.emailDuplicateInFile, words))\tB5\t1\t
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
