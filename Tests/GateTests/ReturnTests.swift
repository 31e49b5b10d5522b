import Catalogue
import Testing
import Validation
import XLSX

@testable import Gate

/// A rejected workbook that comes back: which row each one was, and which suggestions were taken.
struct ReturnTests {
    private static let own: [CellContent] = [
        "Original row", "Problems", "Platform – suggested", "Use suggestions?", "Rowgate row key",
    ]

    /// A row that lacks only the right platform, with our own columns behind it.
    private func returned(
        _ name: String, original: CellContent, platform: String = "Luminate", use: String = "",
        key: String? = nil
    ) -> [CellContent] {
        var row = Studio.row(name)
        row[Studio.Column.platform] = .text(platform)
        return row + [
            original, "Choose a platform.", "Luminate Wholesale", .text(use), .text(key ?? ""),
        ]
    }

    private func key(_ number: Int, _ remembered: [String: String]) -> String {
        var key = RowKey(originalRowNumber: number)
        for (field, text) in remembered.sorted(by: { $0.key < $1.key }) {
            key.remember(text, field: field)
        }
        return key.text
    }

    private func judge(
        _ rows: [[CellContent]], header: [CellContent] = Studio.header + own,
        beside: [TestSheet] = []
    ) throws -> Judgement {
        try Studio.judge(try InputFile(beside + [TestSheet([header] + rows)]))
    }

    // MARK: Row numbers

    private func originalRows(_ judgement: Judgement) -> [Int] {
        guard let sheet = judgement.store?.sheets[0] else { return [] }
        return (0..<sheet.rowCount).map(sheet.originalRowNumber)
    }

    @Test func theKeyTellsTheOriginalRow() throws {
        let judgement = try judge([
            returned("acme", original: .number(99), key: "rk1;41"),
            returned("birch", original: .number(99), key: "rk1;7"),
        ])
        #expect(originalRows(judgement) == [41, 7])
    }

    @Test func withoutKeyTheNumberTellsIt() throws {
        let judgement = try judge([
            returned("acme", original: .number(41)), returned("birch", original: "7"),
        ])
        #expect(originalRows(judgement) == [41, 7])
        #expect(judgement.errors(original: true).map(\.row) == [7, 41])
    }

    @Test(arguments: ["", "0", "-3", "x", "1.5", "99999999999999999999"])
    func anythingElseIsNoOriginalRow(_ text: String) throws {
        let judgement = try judge([returned("acme", original: .text(text), key: "rk1;\(text)")])
        #expect(judgement.errors(original: true).map(\.row) == [2])
    }

    // MARK: Suggestions

    @Test(arguments: ["Yes", "yes", " YES ", "Ja", "x", "1", "true"])
    func aSuggestionIsTakenForYes(_ answer: String) throws {
        let key = key(9, ["platform": "Luminate"])
        let judgement = try judge([
            returned("acme", original: .number(9), use: answer, key: key)
        ])
        #expect(judgement.errors() == [])
        #expect(judgement.counts.accepted == 1)
        #expect(
            judgement.store?.taken == [
                TakenSuggestion(
                    sheet: 0, row: 0, field: Studio.Column.platform, was: "Luminate",
                    now: "Luminate Wholesale")
            ])
    }

    @Test(arguments: ["", "No", "nein", "perhaps"])
    func noSuggestionIsTakenForAnythingElse(_ answer: String) throws {
        let judgement = try judge([
            returned(
                "acme", original: .number(9), use: answer, key: key(9, ["platform": "Luminate"]))
        ])
        #expect(judgement.errors() == [Told(.cellNotInList, 2, "platform")])
        #expect(judgement.store?.taken.isEmpty == true)
    }

    @Test func aBooleanTrueIsYes() throws {
        var row = returned("acme", original: .number(9), key: key(9, ["platform": "Luminate"]))
        row[Studio.header.count + 3] = .boolean(true)
        #expect(try judge([row]).counts.accepted == 1)
    }

    @Test func whatSomebodyTypedSinceWins() throws {
        let judgement = try judge([
            returned(
                "acme", original: .number(9), platform: "Another", use: "Yes",
                key: key(9, ["platform": "Luminate"]))
        ])
        #expect(try judgement.text(row: 0, "platform") == "Another")
    }

    @Test func spacesAroundAreNotTyped() throws {
        let judgement = try judge([
            returned(
                "acme", original: .number(9), platform: " Luminate ", use: "Yes",
                key: key(9, ["platform": "Luminate"]))
        ])
        #expect(judgement.counts.accepted == 1)
    }

    @Test func withoutKeyColumnASuggestionIsTakenAllTheSame() throws {
        var row = returned("acme", original: .number(9), use: "Yes")
        row.removeLast()
        let judgement = try judge([row], header: Studio.header + Self.own.dropLast())
        #expect(judgement.counts.accepted == 1)
    }

    @Test func ourColumnsMayStandAnywhereInAnyOrder() throws {
        let row = returned("acme", original: .number(9), use: "Yes", key: "rk1;9;platform=0")
        let key = key(9, ["platform": "Luminate"])
        let judgement = try judge(
            [[.text(key), "Yes"] + row.prefix(7) + ["Luminate Wholesale"]],
            header: ["Rowgate row key", "Use suggestions?"] + Studio.header
                + ["Platform – suggested"])
        #expect(judgement.counts.accepted == 1)
    }

    @Test func germanTitlesAreUnderstood() throws {
        let judgement = try judge(
            [returned("acme", original: .number(41), use: "Ja")],
            header: [
                "Firmenname", "E-Mail-Adresse", "Vorname", "Nachname", "Abrechnungsreferenz",
                "Plattform", "Paket", "Ursprüngliche Zeile", "Probleme", "Plattform – Vorschlag",
                "Vorschläge übernehmen?", "Rowgate-Zeilenschlüssel",
            ])
        #expect(judgement.counts.accepted == 1)
        #expect(judgement.store?.sheets[0].originalRowNumber(0) == 41)
    }

    // MARK: Fields that must be equal

    /// A row whose name has a wrong case, with the suggestion for it.
    private func renamed(reference: String, remembered: [String: String]) throws -> Judgement {
        var row = Studio.row("acme")
        row[Studio.Column.name] = "ACME.12345.service"
        row[Studio.Column.reference] = .text(reference)
        return try judge(
            [row + ["acme.12345.service", "Yes", .text(key(5, remembered))]],
            header: Studio.header
                + ["Company Name – suggested", "Use suggestions?", "Rowgate row key"])
    }

    @Test func aSuggestionCarriesOverToAFieldThatWasEqual() throws {
        let name = "ACME.12345.service"
        let judgement = try renamed(reference: name, remembered: ["name": name])
        #expect(judgement.counts.accepted == 1)
        #expect(try judgement.text(row: 0, "reference") == "acme.12345.service")
    }

    @Test func aSuggestionCarriesOverToAFieldThatHadOneOfItsOwn() throws {
        let name = "ACME.12345.service"
        let judgement = try renamed(
            reference: "other", remembered: ["name": name, "reference": "other"])
        #expect(try judgement.text(row: 0, "reference") == "acme.12345.service")
    }

    @Test func aSuggestionLeavesAReferenceThatWasTypedSince() throws {
        let judgement = try renamed(
            reference: "typed", remembered: ["name": "ACME.12345.service", "reference": "other"])
        #expect(try judgement.text(row: 0, "name") == "acme.12345.service")
        #expect(try judgement.text(row: 0, "reference") == "typed")
    }

    // MARK: Use for all

    private func summary(
        _ answer: CellContent, value: CellContent = "Luminate", name: String = "Summary",
        titles: [CellContent] = [
            "Problem", "Column", "Value", "Rows", "Suggestion", "Use for all?", "Rowgate field",
        ]
    ) -> TestSheet {
        TestSheet(
            name,
            [
                ["3 rows to fix"], nil, titles,
                [
                    "Not a platform", "Platform", value, .number(2), "Luminate Wholesale", answer,
                    "customers/platform",
                ],
            ])
    }

    private func rows() -> [[CellContent]] {
        [
            returned("acme", original: .number(4)), returned("birch", original: .number(6)),
            returned("cedar", original: .number(8), platform: "Other"),
            returned("dune", original: .number(9), platform: ""),
        ]
    }

    @Test func anAnswerForAllReplacesThatValueEverywhere() throws {
        let judgement = try judge(rows(), beside: [summary("Yes")])
        #expect(judgement.counts.accepted == 2)
        #expect(judgement.errors(original: true).map(\.row) == [8, 9])
        #expect(judgement.store?.taken.count == 2)
    }

    @Test func anAnswerForAllFillsBlanks() throws {
        let judgement = try judge(rows(), beside: [summary("Yes", value: .blank)])
        #expect(judgement.errors(original: true).map(\.row) == [4, 6, 8])
    }

    @Test func noAnswerReplacesNothing() throws {
        #expect(try judge(rows(), beside: [summary(.blank)]).counts.rejected == 4)
        #expect(try judge(rows(), beside: [summary("No")]).counts.rejected == 4)
    }

    @Test func aGermanSummaryIsUnderstood() throws {
        let german = summary(
            "Ja", name: "Zusammenfassung",
            titles: [
                "Problem", "Spalte", "Wert", "Zeilen", "Vorschlag", "Für alle übernehmen?",
                "Rowgate-Feld",
            ])
        #expect(try judge(rows(), beside: [german]).counts.accepted == 2)
    }

    @Test func theRowsOwnSuggestionWinsOverTheAnswerForAll() throws {
        var row = returned("acme", original: .number(4), use: "Yes")
        row[Studio.header.count + 2] = "Mine"
        let judgement = try judge([row], beside: [summary("Yes")])
        #expect(try judgement.text(row: 0, "platform") == "Mine")
    }
}
