import Portals
import Testing
import Validation
import XLSX

@testable import Reports

/// The formulas of `Check` columns and the values they are saved with.
struct WorkbookCheckTests {
    private static func checks(domains: [String]? = WorkbookFixture.domains) throws -> LiveChecks {
        let content = TemplateContent(
            try WorkbookFixture.plan(), known: try WorkbookFixture.known(domains: domains),
            messages: try WorkbookFixture.english.get())
        let sheet = content.definition.sheets[0]
        return content.checks(sheet: 0, SheetLayout(templateOf: sheet))
    }

    private static func says(
        _ rows: [[LiveValue]], actions: [String] = [], domains: [String]? = WorkbookFixture.domains
    ) throws -> [String] {
        let checks = try checks(domains: domains)
        let evaluation = LiveCheckEvaluation(
            checks,
            LiveRows(
                count: rows.count,
                value: { $1 < rows[$0].count ? rows[$0][$1] : .blank },
                action: { $0 < actions.count ? .text(actions[$0]) : .blank }))
        return rows.indices.map { evaluation.text(row: $0) }
    }

    private static func row(
        _ name: String, _ email: String, _ first: String = "Ann", _ last: String = "Lee",
        _ reference: String = "", _ platform: String = "Luminate Wholesale"
    ) -> [LiveValue] {
        [name, email, first, last, reference, platform].map { LiveValue(typed: $0) }
    }

    @Test(arguments: [
        (["acme.12345.service", "a@b.example", "Ann", "Lee", "", "Luminate Wholesale"], "OK"),
        (["", "", "", "", "", ""], ""),
        ([" ", "\u{A0}", "\t", "", "", ""], ""),
        (["", "a@b.example", "", "", "", ""], "Company Name is blank"),
        (["acme.12345.service", "", "", "", "", ""], "Email Address is blank"),
        (["acme.12345.service", "a@b.example"], "First Name is blank"),
        (["acme.12345.service", "a@b.example", "Ann"], "Last Name is blank"),
        (["acme.12345.service", "a@b.example", "Ann", "Lee"], "Platform is blank"),
        (
            ["acme.12345.service", "a@b.example", "Ann", "Lee", "", "luminate wholesale"],
            "Platform is not one of the choices"
        ),
        (
            ["acme.12345.service", "a@b.example", "Ann", "Lee", "Acme.12345.service"],
            "Customer Billing Reference must be the same as Company Name"
        ),
        (["nobody.12345.service"], "Company Name: not in your NetSapiens domain list"),
        (
            ["ACME.12345.service"],
            "Company Name: written acme.12345.service in your NetSapiens domain list"
        ),
        (["acme.12345.service", "a@b.example "], "spaces before or after Email Address"),
        (["acme.12345.service", "a@b.example\u{A0}"], "spaces before or after Email Address"),
        (["acme.12345.service", "ann"], "Email Address is not an e-mail address"),
        (["acme.12345.service", "a@b@c.example"], "Email Address is not an e-mail address"),
        (["acme.12345.service", "a@example"], "Email Address is not an e-mail address"),
        (["acme.12345.service", "a@.example"], "Email Address is not an e-mail address"),
        (["acme.12345.service", "a b@c.example"], "Email Address is not an e-mail address"),
        (["acme.12345.service", "<a@b.example>"], "Email Address is not an e-mail address"),
        (
            ["acme.12345.service", "a@b.example", String(repeating: "x", count: 101)],
            "First Name is longer than 100 characters"
        ),
    ])
    func `a row says the first thing that is wrong with it`(_ cells: [String], _ words: String)
        throws
    {
        #expect(try Self.says([cells.map { LiveValue(typed: $0) }]) == [words])
    }

    @Test func `twins name each other, whatever the case and with wildcards`() throws {
        let rows = [
            Self.row("acme.12345.service", "ann@acme.example"),
            Self.row("birch.12345.service", "a*@acme.example"),
            Self.row("cedar.12345.service", "ANN@acme.example"),
            Self.row("dune.12345.service", "ann@acme.example"),
        ]
        #expect(
            try Self.says(rows) == [
                "Email Address also in row 4", "OK", "Email Address also in row 2",
                "Email Address also in row 2",
            ])
    }

    @Test func `an error value is said before anything else`() throws {
        let row: [LiveValue] = [.text("acme.12345.service"), .blank, .error]
        #expect(try Self.says([row]) == ["a cell of this row shows an error"])
    }

    @Test func `an update needs no values, and may empty one`() throws {
        let rows = ["acme.12345.service", "birch.12345.service"].map { name in
            [LiveValue.text(name), .text("(clear)")]
        }
        let says = try Self.says(rows, actions: ["Update", "ändern"], domains: nil)
        #expect(says == ["OK", "OK"])
        #expect(try Self.says([rows[0]], actions: ["anlegen"]) == ["First Name is blank"])
    }

    @Test func `without a list no name is unknown`() throws {
        #expect(try Self.says([Self.row("x", "a@b.example")], domains: nil) == ["OK"])
    }

    @Test(arguments: [
        (LiveValue.text("Ann"), "OK"), (.other("7"), "OK"), (.other("46024"), "OK"),
        (.other("12.5"), "First Name is no plain text: type it again"),
        (.other("TRUE"), "First Name is no plain text: type it again"),
        (.text("=A5"), "First Name is no plain text: type it again"),
        (.text("A\nB"), "First Name is no plain text: type it again"),
        (.text("="), "OK"),
    ])
    func `what is no plain text is said`(value: LiveValue, says: String) throws {
        var row = Self.row("acme.12345.service", "a@b.example")
        row[2] = value
        #expect(try Self.says([row]) == [says])
    }

    @Test(arguments: ["Acme", "acme"])
    func `of names that differ by case alone each is in the list`(name: String) throws {
        let rows = [Self.row(name, "a@b.example")]
        #expect(try Self.says(rows, domains: ["acme", "Acme"]) == ["OK"])
    }

    @Test func `a name twice shows in both rows, whatever the case`() throws {
        let rows = [Self.row("Acme", "a@b.example"), Self.row("acme", "b@b.example")]
        #expect(
            try Self.says(rows, domains: ["acme", "Acme"]) == [
                "Company Name also in row 3", "Company Name also in row 2",
            ])
    }

    @Test(arguments: [
        (LiveCheck.missing(field: 0), "AND(TRIM(INDEX($A:$A,ROW()))=\"\",OR("),
        (.outerSpace(field: 2), "COUNT(FIND(LEFT(INDEX($C:$C,ROW())&\".\"),"),
        (.notAnAddress(field: 1), "LEN(SUBSTITUTE(INDEX($B:$B,ROW()),\"@\",\"\"))"),
        (.tooLong(field: 1, maximum: 254), "LEN(INDEX($B:$B,ROW()))>254"),
        (.notAChoice(field: 5), "EXACT(INDEX(List_1,MATCH("),
        (
            .mustEqual(field: 4, other: 0),
            "NOT(EXACT(INDEX($E:$E,ROW()),INDEX($A:$A,ROW())))"
        ),
        (.duplicate(field: 1), "INDEX($B:$B,ROW()+1):INDEX($B:$B,1048576)"),
        (.notInDirectory(field: 0, directory: "domains"), "ISERROR(MATCH(SUBSTITUTE("),
    ])
    func `the formula has a part for each check`(_ check: LiveCheck, _ part: String) throws {
        let checks = try Self.checks()
        #expect(checks.checks.contains(check))
        #expect(LiveCheckFormula(checks).formula.text.contains(part))
    }

    @Test func `nothing that is moved, sorted or deleted changes the formula`() throws {
        let text = LiveCheckFormula(try Self.checks()).formula.text
        let outside = text.split(separator: "\"", omittingEmptySubsequences: false)
            .enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
        #expect(outside.firstMatch(of: /[A-Z]\$?[0-9]/) == nil)
        #expect(outside.firstMatch(of: /[{}]/) == nil)
        #expect(outside.firstMatch(of: /#REF/) == nil)
    }

    @Test func `a sheet of many columns gets a formula that Excel takes`() throws {
        let fields = (1...60).map { number in
            "      - {id: f\(number), title: Column \(number), type: email,"
                + " rules: [{rule: required}]}"
        }
        let yaml = """
            portal: wide
            version: 1
            title: Wide
            sheets:
              - id: rows
                title: Rows
                entity: row
                key: [f1]
                fields:
            \(fields.joined(separator: "\n"))
            """
        let definition = try Definitions.decode(yaml: yaml, file: "portal.yaml")
        let plan = try ValidationPlan(for: definition)
        let content = TemplateContent(
            plan, known: try WorkbookFixture.known(), messages: try WorkbookFixture.english.get())
        let layout = SheetLayout(templateOf: definition.sheets[0])
        let checks = content.checks(sheet: 0, layout)
        let formula = LiveCheckFormula(checks).formula.text
        #expect(formula.utf16.count <= LiveChecks.formulaLengthMax)
        #expect(Self.depth(of: formula) <= 64)
        #expect(checks.checks.contains(.missing(field: 0)))
        #expect(Self.depth(of: LiveCheckFormula(try Self.checks()).formula.text) <= 64)
    }

    /// Open brackets at once, outside of texts.
    private static func depth(of formula: String) -> Int {
        var (depth, deepest, isText) = (0, 0, false)
        for character in formula {
            if character == "\"" { isText.toggle() }
            if isText { continue }
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }

    @Test func `the cover line tells how many rows are wrong`() throws {
        let checks = try Self.checks()
        let line = CoverLine(
            checks: checks, sheetName: try SheetName("Customers"), checkColumn: 8,
            messages: try WorkbookFixture.english.get(), prefix: "")
        func text(_ says: [String]) -> String {
            var count = CoverLine.Count()
            for (row, check) in says.enumerated() {
                count.add(check, rowNumber: row + 2, allRight: "OK")
            }
            return line.text(count)
        }
        #expect(text([]) == "No row is filled in yet.")
        #expect(text(["OK"]) == "The only row passes the checks made here.")
        #expect(text(["OK", "", "OK"]) == "All 2 rows pass the checks made here.")
        #expect(text(["OK", "bad"]) == "1 row still wrong: row 3")
        #expect(text(["", "bad", "OK", "bad"]) == "2 rows still wrong, first: row 3")
    }
}
