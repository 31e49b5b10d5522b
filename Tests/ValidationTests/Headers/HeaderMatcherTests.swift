import Portals
import Testing

@testable import Validation

struct HeaderMatcherTests {
    private static func matcher() throws -> HeaderMatcher {
        let bench = try Bench(
            fields: """
                {id: name, title: {en: Company Name, de: Firmenname}, aliases: [Domain],
                    type: text},
                {id: email, title: {en: Email Address, de: E-Mail-Adresse}, type: email},
                {id: platform, title: Platform, type: text}
                """)
        return HeaderMatcher(bench.definition.sheets[0])
    }

    private static func row(_ index: Int, _ texts: [String]) -> HeaderRow {
        HeaderRow(
            rowIndex: index,
            cells: texts.enumerated().map { HeaderCell(columnIndex: $0, text: $1) })
    }

    @Test(arguments: [
        ("Company Name", HeaderMeaning.field(0), false), ("COMPANY  name", .field(0), false),
        ("CompanyName", .field(0), false), ("company-name", .field(0), false),
        ("Company_Name *", .field(0), false), ("Company Name (required)", .field(0), false),
        ("Company Name [the domain]", .field(0), false), ("* Company Name:", .field(0), false),
        ("Company Name (as in (NetSapiens))", .field(0), false), ("Firmenname", .field(0), false),
        ("Domain", .field(0), true), ("domain*", .field(0), true),
        ("E-Mail-Adresse", .field(1), false), ("E\u{2011}Mail Adresse", .field(1), false),
        ("Platform (optional)", .field(2), false), ("Platform\n(optional)", .field(2), false),
        ("Platform – suggested", .suggestion(2), false),
        ("Company Name – suggested", .suggestion(0), false),
        ("Firmenname – Vorschlag", .suggestion(0), false),
        ("Action", .own(.action), false), ("Aktion", .own(.action), false),
        ("Original row", .own(.originalRow), false), ("Rowgate ID", .own(.id), false),
        ("Use suggestions?", .own(.useSuggestions), false), ("Prüfung", .own(.check), false),
        ("Company", .extra, false), ("Phone", .extra, false), ("(Platform)", .extra, false),
        ("*", .extra, false),
    ])
    func `a header means`(text: String, meaning: HeaderMeaning, isAlias: Bool) throws {
        let row = Self.row(0, ["x Company", text, "Email Address", "Company Name", "Platform"])
        let column = try #require(Self.matcher().match([row])?.columns[1])
        #expect(column.meaning == meaning)
        #expect(column.isAlias == isAlias)
        #expect(column.title == text)
    }

    @Test(arguments: [(1_020, true), (1_021, false), (32_767, false)])
    func `a header that is longer than titles are is none`(size: Int, isKnown: Bool) throws {
        let notes = String(repeating: "x", count: size - "Platform()".utf8.count)
        let row = Self.row(0, ["Company Name", "Email Address", "Platform(\(notes))", "*"])
        let match = try #require(Self.matcher().match([row]))
        #expect(
            match.columns.map(\.meaning) == [
                .field(0), .field(1), isKnown ? .field(2) : .extra, .extra,
            ])
    }

    @Test func `columns may stand in any order, with others between`() throws {
        let row = Self.row(0, ["Platform", "", "Note", "Email Address", "Company Name"])
        let match = try #require(Self.matcher().match([row]))
        #expect(match.columns.map(\.columnIndex) == [0, 2, 3, 4])
        #expect(match.columns.map(\.meaning) == [.field(2), .extra, .field(1), .field(0)])
        #expect(match.fieldCount == 3)
        #expect((0..<3).allSatisfy(match.hasField))
    }

    @Test func `a column that stands twice is told`() throws {
        let row = Self.row(0, ["Company Name", "Domain", "Email Address", "Note", "Note"])
        let match = try #require(Self.matcher().match([row]))
        #expect(match.repeated.map(\.columnIndex) == [1])
        #expect(match.fieldCount == 2)
    }

    @Test func `the row that matches most is the header`() throws {
        let rows = [
            Self.row(0, ["Fill in Company Name and Email Address"]),
            Self.row(2, ["Company Name", "Email Address"]),
            Self.row(3, ["Platform", "Company Name", "Email Address"]),
            Self.row(4, ["Company Name", "Email Address", "Platform"]),
        ]
        #expect(try Self.matcher().match(rows)?.rowIndex == 3)
    }

    @Test(arguments: [(["Company Name"], nil), (["Company Name", "Platform"], 0)])
    func `two headers make a header row`(texts: [String], rowIndex: Int?) throws {
        #expect(try Self.matcher().match([Self.row(0, texts)])?.rowIndex == rowIndex)
    }

    @Test func `one header counts once`() throws {
        let row = Self.row(0, ["Company Name", "Domain", "Firmenname"])
        #expect(try Self.matcher().match([row]) == nil)
    }

    @Test func `a sheet of one column needs one header`() throws {
        let bench = try Bench(fields: "{id: name, title: Name, type: text}")
        let matcher = HeaderMatcher(bench.definition.sheets[0])
        #expect(matcher.match([Self.row(0, ["Name"])])?.rowIndex == 0)
        #expect(matcher.match([Self.row(0, ["Nam"])]) == nil)
    }

    @Test(arguments: [(19, 19), (20, nil)])
    func `the header is among the first twenty rows`(rowIndex: Int, expected: Int?) throws {
        let row = Self.row(rowIndex, ["Company Name", "Email Address"])
        #expect(try Self.matcher().match([row])?.rowIndex == expected)
    }

    @Test func `no rows have no header`() throws { #expect(try Self.matcher().match([]) == nil) }

    @Test func `own columns don't make a header row`() throws {
        let row = Self.row(0, ["Action", "Problems", "Original row"])
        #expect(try Self.matcher().match([row]) == nil)
    }
}
