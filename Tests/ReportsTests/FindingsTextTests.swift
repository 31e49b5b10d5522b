import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation

@testable import Reports

/// What a finding says, and where.
@Suite struct FindingsTextTests {
    private let english: Messages
    private let german: Messages

    init() throws {
        english = try FindingsFixture.english.get()
        german = try FindingsFixture.german.get()
    }

    private func rendered(
        _ store: RowStore, in messages: Messages? = nil, addresses: (any CellAddresses)? = nil
    ) throws -> [RenderedFinding] {
        let judged = try FindingsFixture.judged(store)
        let text = try FindingText(
            judged, messages: messages ?? english, addresses: addresses)
        return judged.verdicts.findings.map { text.rendered($0) }
    }

    private func twins(_ count: UInt32) -> RowStore {
        FindingsFixture.store(
            (0..<count).map {
                .init($0 + 2, [.text("acme.\($0)"), "ann@acme.example", "Luminate Wholesale"])
            })
    }

    @Test(arguments: [(1_000, 1_000), (1_001, 1_001), (32_767, 1_001)])
    func `59: what is found is shown up to a thousand characters`(
        count: Int, shown: Int
    ) throws {
        let address = String(repeating: "é", count: count)
        let store = FindingsFixture.store([
            .init(2, [.text("acme"), .text(address), "Luminate Wholesale"])
        ])
        let found = try rendered(store).first { $0.code == .emailInvalid }?.found
        #expect(found?.count == shown)
        #expect(found?.hasSuffix("…") == (count > 1_000))
    }

    @Test(arguments: [
        (2, "B3"), (3, "B3 and B4"), (4, "B3, B4 and B5"), (7, "B3, B4, B5 and 3 more"),
    ])
    func `the first three others are named, the rest counted`(count: UInt32, cells: String) throws {
        let first = try rendered(twins(count)).first { $0.code == .emailDuplicateInFile }
        let arguments = ["value": "ann@acme.example", "cells": cells]
        #expect(first?.message == english.sentence(.emailDuplicateInFile, arguments))
        #expect(first?.related == Array(["B3", "B4", "B5"].prefix(Int(count) - 1)))
        #expect(first?.relatedCount == Int(count) - 1)
    }

    @Test func `a warning down a column is told once, with its count and first cells`() throws {
        let store = FindingsFixture.store(
            (2...6).map {
                .init($0, ["acme.1.service", .text(" a\($0)@x.example"), "Luminate Wholesale"])
            })
        let trimmed = try rendered(store).filter { $0.code == .cellTrimmed }
        #expect(trimmed.count == 1)
        #expect(trimmed.first?.cell == "B2")
        #expect(trimmed.first?.related == ["B2", "B3", "B4"])
        #expect(trimmed.first?.relatedCount == 5)
        let arguments = [
            "field": "Email Address", "count": "5", "cells": "B2, B3, B4 and 2 more",
        ]
        #expect(trimmed.first?.message == english.sentence(.cellTrimmed, arguments))
    }

    @Test func `the row is that of the first upload, the cell that of this one`() throws {
        let store = FindingsFixture.store([
            .init(2, original: 40, ["acme.1.service", "a@x.example"])
        ])
        let finding = try #require(try rendered(store).first)
        #expect(finding.row == 40)
        #expect(finding.cell == "C2")
        #expect(finding.rowInWorkbook == 2)
    }

    @Test func `the rule's own sentence wins, and its English stands in for other languages`()
        throws
    {
        let store = FindingsFixture.store([.init(2, ["acme.1.service", "a@x.example"])])
        let finding = try #require(try rendered(store, in: german).first)
        #expect(finding.message == "Platform (optional) is blank in row 2, and must not be.")
        #expect(finding.remedy == "Choose Luminate Wholesale.")
    }

    @Test func `a rule's sentence whose braces do not fit is an error of the Definition`() throws {
        let judged = try FindingsFixture.judged(FindingsFixture.store([]))
        var definition = judged.definition
        definition.sheets[0].fields[2].rules[0].message = LocalizedText("{wrong")
        let broken = JudgedWorkbook(judged.store, judged.verdicts, of: definition)
        #expect {
            try FindingText(broken, messages: english)
        } throws: {
            ($0 as? MessagesError)?.path.contains("sheets[0].fields[2].rules[0]") == true
        }
    }

    @Test func `lists are named in the reader's language`() throws {
        let store = FindingsFixture.store([
            .init(2, ["elm", "a@x.example", "Luminate Wholesale"])
        ])
        let finding = try #require(try rendered(store, in: german).first)
        #expect(
            finding.message
                == german.sentence(.domainUnknown, ["value": "elm", "list": "Domainliste"]))
    }

    @Test func `an action that is not possible is shown in its own cell`() throws {
        let store = FindingsFixture.store([
            .init(2, ["acme.1.service", "a@x.example", "Luminate Wholesale", nil, "Invite"])
        ])
        let finding = try #require(try rendered(store).first)
        #expect(finding.code == .actionNotAllowed)
        #expect([finding.column, finding.cell, finding.found] == ["Action", "E2", "Invite"])
    }

    @Test func `dates and yes-no values are shown as Excel shows them, and found as they came`()
        throws
    {
        let store = FindingsFixture.store([
            .init(2, [.other(.date, "43861"), "a@x.example", "Luminate Wholesale"]),
            .init(3, [.other(.boolean, "1"), "b@x.example", "Luminate Wholesale"]),
        ])
        let findings = try rendered(store)
        #expect(findings.map(\.found) == ["43861", "1"])
        #expect(findings[0].message.contains("2020-01-31"))
        #expect(findings[1].message.contains("TRUE"))
    }

    @Test(arguments: [
        ("Firms", "Firms!B2"), ("My firms", "'My firms'!B2"), ("O'Neill", "'O''Neill'!B2"),
        ("2026", "'2026'!B2"),
    ])
    func `a cell on another sheet has the sheet's name`(name: String, cell: String) throws {
        var store = FindingsFixture.store([.init(2, ["acme.1.service"])], sheetName: name)
        let second = FindingsFixture.store([.init(2, ["birch.1.service"])])
        store.sheets.append(second.sheets[0])
        let judged = try FindingsFixture.judged(store)
        let words = WorkbookWords(
            judged, addresses: UploadedAddresses(store), messages: english)
        let place = Place(sheet: 0, row: 0, field: 1)
        #expect(words.related(place, from: Place(sheet: 1, row: 0, field: 1)) == cell)
        #expect(words.related(place, from: place) == "B2")
    }

    /// A workbook that has row 2 alone, at 7.
    private struct OneRow: CellAddresses {
        func sheetName(_ sheet: Int) -> String { "To fix" }
        func rowNumber(sheet: Int, row: Int) -> Int? { row == 0 ? 7 : nil }
        func columnIndex(sheet: Int, field: Int) -> Int? { field + 2 }
        func actionColumnIndex(sheet: Int) -> Int? { nil }
    }

    @Test func `addresses are those of the workbook asked for`() throws {
        let findings = try rendered(twins(2), addresses: OneRow())
            .filter { $0.code == .emailDuplicateInFile }
        #expect(findings.map(\.sheet) == ["To fix", "To fix"])
        #expect(findings.map(\.cell) == ["D7", nil])
        #expect(findings.map(\.row) == [2, 3])
        #expect(findings.map(\.related) == [["row 3 of the first upload"], ["D7"]])
    }
}
