import Catalogue
import Portals
import Testing
import Validation
import XLSX

@testable import Gate

/// Which portal a workbook is for, and which of its sheets are meant.
struct RecognitionTests {
    /// A portal beside Studio, with two sheets that share a column title with it and with each
    /// other.
    private static let sample = """
        portal: sample
        version: 3
        title: Sample Portal
        sheets:
          - id: rooms
            title: {en: Rooms, de: Räume}
            aliases: [Locations]
            entity: room
            key: [name]
            fields:
              - {id: name, title: Room Name, type: text, rules: [{rule: required}]}
              - {id: floor, title: Floor, type: text, rules: [{rule: required}]}
              - {id: email, title: Email Address, type: email}
          - id: desks
            title: Desks
            entity: desk
            key: [name]
            fields:
              - {id: name, title: Desk Name, type: text, rules: [{rule: required}]}
              - {id: room, title: Room Name, type: text, rules: [{rule: required}]}
        """

    private static let rooms: [CellContent] = ["Room Name", "Floor", "Email Address"]
    private static let desks: [CellContent] = ["Desk Name", "Room Name"]
    private static let customers = TestSheet([Studio.header, Studio.row("acme")])

    private func judge(_ sheets: [TestSheet], portal: String? = nil) throws -> Judgement {
        let sample = try Definitions.decode(yaml: Self.sample, file: "sample.yaml")
        return try Gate(Definitions.embedded() + [sample]).judge(
            GateRequest(try InputFile(sheets), portal: portal, inputs: try Studio.inputs()))
    }

    private func portal(_ sheets: [TestSheet]) throws -> String? {
        try judge(sheets).plan?.definition.portal
    }

    /// The names of the sheets that were read.
    private func read(_ sheets: [TestSheet], portal: String? = nil) throws -> [String] {
        try judge(sheets, portal: portal).store?.sheets.map(\.name) ?? []
    }

    // MARK: The portal

    @Test func headersTellThePortal() throws {
        #expect(try portal([Self.customers]) == "studio")
        #expect(try portal([TestSheet("Sheet1", [Self.rooms, ["Blue", "1"]])]) == "sample")
        #expect(try portal([TestSheet("Sheet1", [Self.desks, ["A1", "Blue"]])]) == "sample")
    }

    @Test func thePortalWithMoreMatchingColumnsWins() throws {
        let sheets = [TestSheet("Rooms", [Self.rooms, ["Blue", "1"]]), Self.customers]
        #expect(try portal(sheets) == "studio")
    }

    @Test func theMetaSheetWinsOverHeaders() throws {
        let sheets = [
            Self.customers, TestSheet("Rooms", [Self.rooms, ["Blue", "1"]]),
            .meta("sample", version: 3),
        ]
        #expect(try portal(sheets) == "sample")
        #expect(try read(sheets) == ["Rooms"])
    }

    @Test func aMetaSheetPeopleCanSeeMeansNothing() throws {
        var meta = TestSheet.meta("sample")
        meta.visibility = .visible
        #expect(try portal([Self.customers, meta]) == "studio")
    }

    @Test func aMetaSheetOfAnUnknownPortalMeansNothing() throws {
        #expect(try portal([Self.customers, .meta("elsewhere")]) == "studio")
    }

    @Test(arguments: [(2, [Code.templateOutdated]), (3, []), (4, [.templateNewer])])
    func theTemplatesVersionIsCompared(_ version: Int, codes: [Code]) throws {
        let sheets = [
            TestSheet("Rooms", [Self.rooms, ["Blue", "1"]]), .meta("sample", version: version),
        ]
        let judgement = try judge(sheets)
        #expect(judgement.codes == codes)
        #expect(judgement.counts.accepted == 1)
    }

    @Test func aWorkbookOfAnotherPortalThanTheNamedOneIsNotRead() throws {
        let judgement = try judge(
            [TestSheet("Rooms", [Self.rooms, ["Blue", "1"]]), .meta("sample", version: 3)],
            portal: "studio")
        #expect(judgement.codes == [.templateOtherPortal])
        #expect(judgement.verdicts == nil)
        #expect(judgement.findings[0].found == "Sample Portal")
        #expect(judgement.findings[0].arguments["portal"] == "Luminate Studio")
    }

    @Test(arguments: [
        // Wholly for another one, and it is not said in the workbook.
        ([customers], "sample", Code.templateOtherPortal),
        ([TestSheet("Rooms", [rooms, ["Blue", "1"]])], "studio", .templateOtherPortal),
        // A column of the other one is missing, too.
        (
            [TestSheet("Rooms", [["Room Name", "Email Address"], ["Blue", "a@b.c"]])], "studio",
            .templateUnknown
        ),
    ])
    func aWorkbookThatIsWhollyForAnotherPortalIsSaidToBe(
        sheets: [TestSheet], portal: String, code: Code
    ) throws {
        let judgement = try judge(sheets, portal: portal)
        #expect(judgement.fileError == code)
        #expect(judgement.verdicts == nil)
    }

    @Test func aNamedPortalIsTakenWhateverElseWouldMatch() throws {
        let sheets = [TestSheet("Rooms", [Self.rooms, ["Blue", "1"]]), Self.customers]
        #expect(try read(sheets, portal: "sample") == ["Rooms"])
    }

    @Test func sheetsOfNoPortalAreUnknown() throws {
        let judgement = try judge([
            TestSheet("Prices", [["Article", "Price"], ["Tea", "2"]]), TestSheet("Other", [["x"]]),
        ])
        #expect(judgement.codes == [.templateUnknown])
        #expect(judgement.findings[0].found == "Prices, Other")
        #expect(judgement.plan == nil)
    }

    @Test func aNamedPortalWithoutAnyOfItsSheetsSaysWhichAreMissing() throws {
        let judgement = try judge(
            [TestSheet("Prices", [["Article"]]), TestSheet("Other", [["x"]])], portal: "sample")
        #expect(judgement.codes == [.sheetMissing])
        #expect(judgement.findings[0].arguments["expected"] == "Rooms, Desks")
    }

    @Test func aWorkbookOfOursWithoutAnyOfItsSheetsSaysWhichAreMissing() throws {
        let judgement = try judge([
            TestSheet("Prices", [["Article"]]), TestSheet("Other", [["x"]]), .meta("sample"),
        ])
        #expect(judgement.fileError == .sheetMissing)
        #expect(judgement.verdicts == nil)
    }

    @Test func onlyOurOwnSheetsToSeeIsNoSheet() throws {
        let judgement = try judge([
            TestSheet("Read me", [["Fill in one row for each customer."]]),
            Self.customers.hidden(),
        ])
        #expect(judgement.codes == [.workbookNoVisibleSheet])
    }

    // MARK: Its sheets

    @Test(arguments: [
        "Customers", "CUSTOMERS", "customers", "Kunden", "Companies", "Bulk Upload",
        "Customers - Table 1", "Sheet1", "Tabelle1", "2026",
    ])
    func oneVisibleSheetIsReadWhateverItsName(_ name: String) throws {
        #expect(try read([TestSheet(name, [Studio.header, Studio.row("acme")])]) == [name])
    }

    @Test(arguments: ["Customers", "kunden", "Company", "Customers - Table 1"])
    func aSheetIsFoundByNameAmongOthersWithItsHeaders(_ name: String) throws {
        let judgement = try judge([
            TestSheet("Last year", [Studio.header, Studio.row("birch")]),
            TestSheet(name, [Studio.header, Studio.row("acme")]),
        ])
        #expect(judgement.store?.sheets.map(\.name) == [name])
        #expect(judgement.codes == [.sheetUnknown])
        #expect(judgement.findings[0].sheet == "Last year")
    }

    @Test func aTitleWinsOverAnAlias() throws {
        let sheets = [
            TestSheet("Company", [["About us"], ["We sell telephones."]]), Self.customers,
        ]
        #expect(try read(sheets) == ["Customers"])
    }

    @Test func severalUnknownSheetsAreEachNamed() throws {
        let judgement = try judge([
            TestSheet("Notes", [["x"]]), Self.customers, TestSheet("Prices", [["y"]]),
            TestSheet("Secret", [["z"]]).hidden(), TestSheet("Read me", [["w"]]),
        ])
        #expect(judgement.codes == [.sheetUnknown, .sheetUnknown])
        #expect(judgement.findings.map(\.sheet) == ["Notes", "Prices"])
        #expect(judgement.counts.accepted == 1)
    }

    @Test func twoSheetsWithTheHeadersAndNoNameAreNotChosenBetween() throws {
        let judgement = try judge(
            [
                TestSheet("A", [Studio.header, Studio.row("acme")]),
                TestSheet("B", [Studio.header, Studio.row("birch")]),
            ], portal: "studio")
        #expect(judgement.codes == [.sheetMissing])
    }

    @Test func aHiddenSheetIsNotChosenForItsName() throws {
        let judgement = try judge([
            TestSheet("Customers", [Studio.header, Studio.row("birch")]).hidden(),
            TestSheet("Sheet2", [Studio.header, Studio.row("acme")]),
        ])
        #expect(judgement.store?.sheets.map(\.name) == ["Sheet2"])
        #expect(judgement.codes == [])
    }

    @Test func sheetsAreJudgedInTheDefinitionsOrder() throws {
        let sheets = [
            TestSheet("Desks", [Self.desks, ["A1", "Blue"]]),
            TestSheet("Locations", [Self.rooms, ["Blue", "1"]]),
        ]
        #expect(try read(sheets) == ["Locations", "Desks"])
    }

    @Test func aMacroWorkbookIsRefusedWhateverItHolds() throws {
        let judgement = try Studio.judge(try Fixture.open("bad/macro.xlsm"))
        #expect(judgement.codes == [.typeMacroEnabled])
    }
}
