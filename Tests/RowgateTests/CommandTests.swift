import Catalogue
import Foundation
import Testing

/// Commands that are called rightly.
struct CommandTests {
    private static let mixed = "\(Binary.root)/Fixtures/studio/mixed.xlsx"

    @Test func statusesTellWhatBecameOfTheRows() throws {
        let domains = Binary.domains
        #expect(try Binary.run("check", Binary.good, "--domains", domains).status == 0)
        #expect(try Binary.run("check", Self.mixed, "--domains", domains).status == 1)
        let bad = "\(Binary.root)/Fixtures/bad/csv.xlsx"
        #expect(try Binary.run("check", bad, "--domains", domains).status == 2)
        let unwritable = try Binary.run(
            "check", Self.mixed, "--domains", domains, "--rejected", "/nowhere/r.xlsx")
        #expect(unwritable.status == 73)
        #expect(unwritable.said.contains("/nowhere/r.xlsx"))
    }

    @Test func aWorkbookThatIsNotThereCannotBeJudged() throws {
        for path in ["/nowhere/x.xlsx", Binary.root, ""] {
            let result = try Binary.run("check", path)
            #expect(result.status == 2)
            #expect(result.said.contains("[file.cannot_read]"))
        }
    }

    @Test func standardInputIsRead() throws {
        let result = try Binary.run("check", "-", "--domains", Binary.domains, input: Binary.good)
        #expect(result.status == 0)
        #expect(try Binary.run("check", "-").output.contains("file.empty"))
    }

    @Test func standardInputThatCannotBeReadIsNoEmptyFile() throws {
        let result = try Binary.run("check", "-", input: Binary.root)
        #expect(result.status == 2)
        #expect(result.said.contains("[file.cannot_read]"))
    }

    // MARK: explain, limits, portals

    @Test(arguments: ["en", "de"])
    func explainTellsEveryCode(_ language: String) throws {
        let result = try Binary.run("explain", "--lang", language)
        #expect(result.status == 0)
        for code in Code.allCases { #expect(result.output.contains(code.rawValue)) }
        #expect(!result.output.contains("{"))
    }

    @Test(arguments: [Code.fileEmpty, .emailDuplicateInFile, .domainUnknown, .rowsHidden])
    func explainTellsOneCode(_ code: Code) throws {
        let result = try Binary.run("explain", code.rawValue)
        #expect(result.status == 0)
        #expect(result.output.hasPrefix(code.rawValue))
        #expect(try Binary.run("explain").output.contains(result.output))
    }

    @Test func limitsHaveNumberUnitAndReason() throws {
        let lines = try Binary.run("limits").output.split(separator: "\n")
        #expect(lines.count.isMultiple(of: 2))
        for (index, line) in lines.enumerated() {
            let isReason = line.hasPrefix("    ") && line.hasSuffix(".")
            #expect(isReason == !index.isMultiple(of: 2), "\(line)")
        }
    }

    @Test func portalsAreTold() throws {
        let result = try Binary.run("portals")
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(
            lines.map { $0.prefix { $0 != "\t" } } == [
                "close", "dimensions", "nexudus", "rainbow", "studio",
            ])
        let studio = "studio\tLuminate Studio\tCustomers, Portal form, Through NetSapiens"
        #expect(lines.last.map(String.init) == studio)
        #expect(try Binary.run("portals", "--lang", "de").output.contains("Kunden"))
    }

    // MARK: ROWGATE_TEMPLATES

    private static let sample = """
        portal: sample
        version: 1
        title: Sample Portal
        sheets:
          - id: rooms
            title: Rooms
            entity: room
            key: [name]
            fields:
              - {id: name, title: Room Name, type: text, rules: [{rule: required}]}
        """

    @Test func aFolderOfPortalsAddsToThoseInTheBinary() throws {
        let folder = try TestFolder()
        try folder.write("sample/portal.yaml", Self.sample)
        let named = try Binary.run("portals", templates: folder.path)
        #expect(
            named.output.split(separator: "\n").map { $0.prefix(6) } == [
                "close\t", "dimens", "nexudu", "rainbo", "sample", "studio",
            ])
        let told = try Binary.run("portals", "--templates", folder.path)
        #expect(told.output == named.output)
    }

    @Test func theCommandWinsOverTheEnvironment() throws {
        let folder = try TestFolder()
        try folder.write("sample/portal.yaml", Self.sample)
        let result = try Binary.run("portals", "--templates", folder.path, templates: "/nowhere")
        #expect(result.status == 0)
        #expect(result.output.contains("Sample Portal"))
    }

    @Test func anEmptyEnvironmentMeansTheBinarysOwn() throws {
        #expect(try Binary.run("portals", templates: "").status == 0)
    }

    @Test func aDefinitionWithAFaultNamesItsFileAndPlace() throws {
        let folder = try TestFolder()
        try folder.write("sample/portal.yaml", Self.sample + "\ncolour: blue\n")
        let result = try Binary.run("portals", templates: folder.path)
        #expect(result.status == 64)
        #expect(result.said.contains("sample/portal.yaml"))
        #expect(result.said.contains("definition.key_unknown"))
    }

    // MARK: template

    @Test func aTemplateIsWrittenWhereItIsWanted() throws {
        let folder = try TestFolder()
        let result = try Binary.run("template", "studio", "-o", folder.path("blank.xlsx"))
        #expect(result.status == 0)
        #expect(result.output == "")
        #expect(folder.names == ["blank.xlsx"])
        let blank = try Binary.run("check", folder.path("blank.xlsx"))
        #expect(blank.status == 2)
        #expect(blank.output.contains("sheet.no_rows"))
    }

    @Test func aTemplateIsAdopted() throws {
        let folder = try TestFolder()
        let own = "\(Binary.root)/Fixtures/studio/portal-template.xlsx"
        let result = try Binary.run("template", "adopt", "studio", own, templates: folder.path)
        #expect(result.status == 0, "\(result)")
        #expect(folder.names == ["studio", "studio/adopted.xlsx"])
        #expect(try Binary.run("portals", templates: folder.path).output.contains("adopted"))
    }

    @Test(arguments: [
        ("nowhere", "portal-template.xlsx", 64), ("../../x", "portal-template.xlsx", 64),
        ("studio", "other-template.xlsx", 2), ("studio", "missing.xlsx", 2),
    ])
    func whatCannotBeAdoptedLeavesNothing(_ portal: String, file: String, status: Int32) throws {
        let folder = try TestFolder()
        let own = "\(Binary.root)/Fixtures/studio/\(file)"
        let result = try Binary.run(
            "template", "adopt", portal, own, templates: folder.path("templates"))
        #expect(result.status == status, "\(result)")
        #expect(folder.names == [])
    }

    @Test func aTemplateThatCannotBeKeptIs73() throws {
        let folder = try TestFolder()
        try folder.write("studio", "a file")
        let own = "\(Binary.root)/Fixtures/studio/portal-template.xlsx"
        let result = try Binary.run("template", "adopt", "studio", own, templates: folder.path)
        #expect(result.status == 73, "\(result)")
    }

    // MARK: inspect

    @Test func inspectPrintsACellALine() throws {
        let result = try Binary.run("inspect", Binary.good, "--sheet", "Customers")
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        #expect(lines.dropFirst().first?.contains("Company Name") == true)
        let counted = try Binary.run("inspect", Binary.good, "--count")
        #expect(counted.output.hasPrefix("Customers\t26 rows\t"))
    }

    @Test func inspectNamesWhatIsWrong() throws {
        let result = try Binary.run("inspect", "\(Binary.root)/Fixtures/bad/dtd.xlsx")
        #expect(result.status == 2)
        #expect(result.said.contains("[xml.doctype]"))
        #expect(try Binary.run("inspect", Binary.good, "--sheet", "Nowhere").status == 64)
    }
}
