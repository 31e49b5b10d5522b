import Catalogue
import Testing
import Validation

@testable import Reports

/// Reports for people: text and HTML.
@Suite struct FindingsPageReportTests {
    private let english: Messages

    init() throws { english = try FindingsFixture.english.get() }

    private func text(_ facts: ReportFacts, isColoured: Bool = false) throws -> String {
        try PieceSink.text(of: TextReport(facts, messages: english, isColoured: isColoured))
    }

    private func page(_ facts: ReportFacts) throws -> String {
        try PieceSink.text(of: HTMLReport(facts, messages: english))
    }

    /// The catalogue's words, which may change, with the code.
    private func said(_ code: Code, _ arguments: [String: String]) -> String {
        "\(english.sentence(code, arguments)) \(english.remedy(code, arguments)) [\(code.rawValue)]"
    }

    private func twin(_ cell: String) -> String {
        said(.emailDuplicateInFile, ["value": "bea@agency.example", "cells": cell])
    }

    private func platform(_ row: Int) -> String {
        "Platform (optional) is blank in row \(row), and must not be. Choose Luminate Wholesale."
    }

    @Test func `text says a finding a line, then what it comes to`() throws {
        let store = FindingsFixture.store(FindingsFixture.mixed, blankRowCount: 2)
        let facts = FindingsFixture.facts(try FindingsFixture.judged(store))
        let trimmed = ["field": "Email Address", "count": "2", "cells": "B6 and B8"]
        let choice = [
            "value": "luminate wholesale", "field": "Platform (optional)",
            "list": "Luminate Wholesale", "suggestion": "Luminate Wholesale",
        ]
        let first = twin("B5").replacing(" [email.duplicate_in_file]", with: "")
        #expect(
            try text(facts) == """
                Customers!D2 (please check): \
                \(said(.chargeApplies, ["package": "Gold", "price": "price not known"]))
                Customers!B3: \(twin("B5"))
                Customers!C3: \(platform(3)) [cell.required]
                Customers!B5: \(twin("B3"))
                Customers!B6 (please check): \(said(.cellTrimmed, trimmed))
                Customers!C6: \(platform(6)) [cell.required]
                Customers!A8: \
                \(said(.domainUnknown, ["value": "elm.1.service", "list": "domain list"]))
                Customers!B8: \(said(.emailInvalid, ["value": "<b>\"x\""]))
                Customers!C8: \(said(.cellNotInList, choice))

                customers.xlsx: 1 row ready, 4 rows to fix, 2 blank

                Fix these first
                  2 rows, 1 of them ready once this is fixed: \(first) (first: Customers!B3)
                  2 rows, 1 of them ready once this is fixed: \(platform(3)) (first: Customers!C3)

                """)
    }

    @Test func `a workbook without findings has its counts alone`() throws {
        let facts = try FindingsFixture.facts(of: [
            .init(2, ["acme.1.service", "ann@acme.example", "Luminate Wholesale"])
        ])
        #expect(try text(facts) == "customers.xlsx: 1 row ready, 0 rows to fix\n")
        #expect(try !page(facts).contains("<table"))
    }

    @Test func `a row that came back says where it stood at first`() throws {
        let facts = try FindingsFixture.facts(of: [
            .init(3, original: 14, ["acme.1.service", "ann@acme.example"])
        ])
        let place = "Customers!C3 (row 14 of the first upload)"
        #expect(try text(facts).hasPrefix("\(place): Platform"))
        #expect(try page(facts).contains("<th scope=\"row\">\(place)</th>"))
    }

    @Test func `a file that was not judged says so`() throws {
        var facts = ReportFacts(unjudged: [FileFinding(.zipTruncated)])
        facts.workbookName = "a\u{1B}[2Jb.xlsx"
        let lines = try text(facts).split(separator: "\n")
        #expect(lines[0] == "a⟨U+001B⟩[2Jb.xlsx: \(said(.zipTruncated, [:]))")
        #expect(
            lines[1] == """
                a⟨U+001B⟩[2Jb.xlsx: The file could not be checked, so no row was looked at.
                """)
    }

    @Test func `money, trials and mails are said plainly`() throws {
        var facts = try FindingsFixture.facts(of: [])
        facts.effects = FindingsFixture.effects
        #expect(
            try text(facts) == """
                customers.xlsx: 0 rows ready, 0 rows to fix
                Customers: 3 added, 1 changed
                3 paid packages:
                  2 × Gold, 12.50 GBP a month each, 25.00 GBP a month together
                  1 × Silver, price not known
                2 trials turn into paid on 2026-02-28
                1 email is sent by Test Portal (to the admin of each company)

                """)
        facts.effects.paid[0].validFrom = "2026-03-01"
        #expect(try text(facts).contains("25.00 GBP a month from 2026-03-01 together"))
        facts.effects.mails[0].kind = "test.other"
        #expect(try text(facts).hasSuffix("\n1 email is sent by Test Portal\n"))
        facts.effects.paid = []
        facts.effects.trials = []
        facts.effects.mails = []
        #expect(
            try text(facts).hasSuffix("changed\nAdding costs nothing.\nNo email is sent.\n"))
    }

    @Test func `colour comes only when asked for, and changes no word`() throws {
        let facts = try FindingsFixture.facts(of: FindingsFixture.mixed)
        let plain = try text(facts)
        let coloured = try text(facts, isColoured: true)
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.contains("\u{1B}[1;31mCustomers!B3:\u{1B}[0m bea@"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test(arguments: [1_000, 1_001, 1_300])
    func `the first 1,000 findings are shown, and how many more there are`(count: Int) throws {
        let judged = try FindingsFixture.judged(errors: count)
        let facts = FindingsFixture.facts(judged)
        let more = [
            1_001: "1 more is not shown here;", 1_300: "300 more are not shown here;",
        ][count]
        let text = try text(facts)
        let page = try page(facts)
        #expect(text.split(separator: "\n").count { $0.hasSuffix("[cell.not_in_list]") } == 1_000)
        #expect(page.count(of: "<tr class=") == 1_000)
        #expect(text.contains(more ?? "]\n\ncustomers.xlsx"))
        #expect(page.contains(more ?? "</table>\n</main>"))
    }

    @Test func `no value becomes markup`() throws {
        let bad = #"<script>alert("1")</script>&'x'"#
        var facts = try FindingsFixture.facts(of: [
            .init(2, ["acme.1.service", .text(bad), .text(bad)])
        ])
        facts.workbookName = bad + ".xlsx"
        let page = try page(facts)
        #expect(!page.contains("<script"))
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;x&#39;"
        #expect(page.contains("<title>Check of \(escaped).xlsx</title>"))
        #expect(page.contains("</strong> \(escaped) "))
    }

    @Test func `a page is whole: language, headings, named tables, nothing from elsewhere`() throws
    {
        let facts = try FindingsFixture.facts(of: FindingsFixture.mixed)
        let german = try FindingsFixture.german.get()
        let page = try PieceSink.text(of: HTMLReport(facts, messages: german))
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"de\">"))
        #expect(
            page.contains("<h1>Prüfung von customers.xlsx</h1>\n<p>Test Portal · 2026-01-31</p>"))
        #expect(page.contains("<h2 id=\"report.problems\">"))
        #expect(page.contains("<table aria-labelledby=\"report.problems\">"))
        #expect(page.contains("<th scope=\"col\">Zelle</th>"))
        #expect(page.contains("<td><strong>bitte prüfen:</strong> Gold"))
        #expect(page.contains("<td>Luminate Wholesale</td></tr>"))
        for outside in ["http:", "https:", "src=", "url(", "@import", "<link"] {
            #expect(!page.contains(outside))
        }
        for tag in ["html", "head", "body", "main", "table", "thead", "tbody", "tr"] {
            #expect(
                page.count(of: "<\(tag)>") + page.count(of: "<\(tag) ")
                    == page.count(of: "</\(tag)>"))
        }
    }
}

extension String {
    fileprivate func count(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
