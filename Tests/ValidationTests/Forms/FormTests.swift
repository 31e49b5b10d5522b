import Catalogue
import Spreadsheet
import Testing

@testable import Validation

/// What cells are before rules about their meaning are asked: by kind of cell and type of field.
struct FormTests {
    @Test(arguments: [
        (Cell("acme"), []),
        (Cell(""), []),
        (Cell(" \t\u{A0}"), []),
        (Cell(.blank, isMerged: true), ["cell.merged C2"]),
        (Cell(.text, "acme", isMerged: true), ["cell.merged C2"]),
        (Cell(.error, "#N/A"), ["cell.error_value C2"]),
        (Cell(.formulaWithoutValue), ["cell.formula_without_value C2"]),
        (Cell(.badSharedString, "5120"), ["cell.bad_shared_string C2"]),
        (Cell(.badReference, "XFE1"), ["cell.bad_reference C2"]),
        (Cell(.tooLong, "a"), ["cell.too_long C2"]),
        (Cell(.boolean, "1"), ["cell.not_text C2"]),
        (Cell(.date, "45000"), ["cell.not_text C2"]),
        (Cell(.isoDate, "2026-01-31"), ["cell.not_text C2"]),
        (Cell(.malformed, "2"), ["cell.not_text C2"]),
        (Cell(.number, "12345"), []),
        (Cell(.number, "0.5"), ["cell.not_text C2"]),
        (Cell(.number, "1.23457E+11"), ["cell.scientific_notation C2"]),
        (Cell(.number, "12345678901234567"), ["cell.precision_lost C2"]),
        (Cell(.number, "123456789", format: "0000000000"), ["cell.leading_zero_lost C2"]),
        (Cell(.number, "1234567890", format: "0000000000"), []),
        (Cell("ac\u{200B}me"), ["cell.invisible_character C2"]),
        (Cell("ac\nme"), ["cell.control_character C2"]),
        (Cell("=A5"), ["cell.formula_as_text C2"]),
        (Cell("="), []),
        (Cell(" acme"), ["cell.trimmed C2"]),
        (Cell(" =A5"), ["cell.formula_as_text C2", "cell.trimmed C2"]),
        (Cell(" ac\u{200B}me"), ["cell.invisible_character C2"]),
        (Cell(.text, "acme", isFormula: true), ["cell.formula_value_used C2"]),
        (Cell(.number, "12", isFormula: true), ["cell.formula_value_used C2"]),
        (Cell(.text, "", isFormula: true), []),
        (Cell("(clear)"), ["cell.forbidden C2"]),
    ])
    func `a cell of a text field`(cell: Cell, told: [String]) throws {
        let bench = try Bench(field: "type: text")
        #expect(bench.judge([["acme", "x", cell]]).told == told)
    }

    @Test(arguments: [
        (Cell("ann@acme.example"), []),
        (Cell("ann@acme"), ["email.invalid C2"]),
        (Cell("ann@acme.example; bob@acme.example"), ["email.several C2"]),
        (Cell("ann\u{200B}@acme.example"), ["cell.invisible_character C2"]),
        (Cell("ann@acme.example "), ["cell.trimmed C2"]),
        (Cell("\u{3000}ann@acme.example"), ["email.invalid C2"]),
        (Cell(.number, "5"), ["email.invalid C2"]),
        (Cell(.boolean, "1"), ["cell.not_text C2"]),
        (Cell("(clear)"), ["email.invalid C2"]),
    ])
    func `a cell of an e-mail field`(cell: Cell, told: [String]) throws {
        let bench = try Bench(field: "type: email")
        #expect(bench.judge([["acme", "x", cell]]).told == told)
    }

    @Test(arguments: [
        (Cell("Free"), [], nil),
        (Cell("Umsonst"), [], nil),
        (Cell("free"), ["cell.not_in_list C2"], "Free"),
        (Cell("UMSONST"), ["cell.not_in_list C2"], "Free"),
        (Cell("Fre"), ["cell.not_in_list C2"], "Free"),
        (Cell("Umsnost"), ["cell.not_in_list C2"], "Free"),
        (Cell("Fr"), ["cell.not_in_list C2"], nil),
        (Cell("Golx"), ["cell.not_in_list C2"], nil),
        (Cell(.number, "12"), [], nil),
        (Cell(.number, "13"), ["cell.not_in_list C2"], "12"),
        (Cell(.boolean, "1"), ["cell.not_text C2"], nil),
        (Cell(" Free"), ["cell.trimmed C2"], nil),
    ])
    func `a cell of a choice field`(cell: Cell, told: [String], suggestion: String?) throws {
        let choices = "[{value: Free, title: {en: Free, de: Umsonst}}, Gold, Gola, 12]"
        let bench = try Bench(field: "type: choice, choices: \(choices)")
        let judged = bench.judge([["acme", "x", cell]])
        #expect(judged.told == told)
        #expect(judged.suggestions.first.flatMap { $0 } == suggestion)
    }

    @Test func `a choice in another language stands for the portal's word`() throws {
        let choices = "[{value: Free, title: {en: No charge, de: Umsonst}}]"
        let bench = try Bench(field: "type: choice, choices: \(choices)")
        let judged = bench.judge([
            ["a", "x", "Umsonst"], ["b", "x", "Free"], ["c", "x", "No charge"],
        ])
        let values = RecordValues(judged.store, judged.verdicts, of: bench.definition)
        #expect(
            (0..<3).map { values.text(sheet: 0, row: $0, field: 2) } == ["Free", "Free", "Free"])
        #expect(judged.told == [])
    }

    @Test(arguments: [
        ([], "Platinum", []),
        (["packages=[{name: Free, paid: false}]"], "Platinum", ["cell.not_in_list C2"]),
        (["packages=[{name: Free, paid: true}, {name: Gold, paid: true}]"], "Gold", []),
    ])
    func `an open list is open until somebody fills it in`(
        settings: [String], value: String, told: [String]
    ) throws {
        let bench = try Bench(
            field: "type: choice, choices: {setting: packages, open: true}",
            settings: "packages: [{name: Free, paid: null}]")
        let judged = bench.judge([["acme", "x", Cell(value)]], Knowing(settings: settings))
        #expect(judged.told == told)
    }

    @Test(arguments: [
        "[demo, {value: trial, title: {en: trial}}, {value: trial, title: {en: Free trial}}]",
        "{setting: names}",
    ])
    func `what stands for one choice is told once`(choices: String) throws {
        let bench = try Bench(
            field: "type: choice, choices: \(choices)",
            settings: "names: [{name: demo}, {name: trial}, {name: trial}]")
        let judged = bench.judge([["a", "", "odd"]])
        #expect(judged.detail(.cellNotInList)?.arguments["list"] == "demo, trial")
    }

    @Test func `a column that is missing is blank`() throws {
        let bench = try Bench(field: "type: text", rules: "{rule: required}")
        var store = bench.store([["acme", "x", "y"]])
        let columns = Array(store.sheets[0].columns.dropLast())
        var sheet = SheetStore(
            definitionIndex: 0, name: "Rows", headerRowNumber: 1, fieldCount: 3, columns: columns)
        sheet.appendRow(number: 2, isHidden: false)
        sheet.set(store.sheets[0].cell(row: 0, column: 0), row: 0, column: 0)
        store.sheets = [sheet]
        let known = Knowing().known(bench.definition)
        let judged = Judged(store: store, verdicts: bench.plan.judge(store, against: known))
        #expect(judged.told == ["cell.required C2"])
    }

    @Test func `the invisible character is named with its place`() throws {
        let bench = try Bench(field: "type: text")
        let detail = bench.judge([["acme", "x", "ac\u{200B}me"]]).detail(.cellInvisibleCharacter)
        #expect(
            detail?.arguments == ["character": "U+200B ZERO WIDTH SPACE", "position": "3"])
    }

    @Test func `the digits that are expected are told`() throws {
        let bench = try Bench(field: "type: text")
        let judged = bench.judge([["acme", "x", Cell(.number, "44", format: "0000")]])
        #expect(judged.detail(.cellLeadingZeroLost)?.arguments == ["expected": "4"])
    }
}
