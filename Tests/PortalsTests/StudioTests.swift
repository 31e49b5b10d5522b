import Catalogue
import Testing

@testable import Portals

struct StudioTests {
    private let definition: Definition
    private let sheet: SheetDefinition

    init() throws {
        definition = try DefinitionSource().definition(of: "studio")
        sheet = try #require(definition.sheets.first)
    }

    @Test func `every embedded definition decodes`() throws {
        let definitions = try Definitions.embedded()
        #expect(definitions.map(\.portal) == Definitions.embeddedPortals)
        #expect(definitions.contains { $0.portal == "studio" })
    }

    @Test func `the columns are those of the bulk upload`() {
        #expect(
            sheet.fields.map { $0.title.text(in: "en") } == [
                "Company Name", "Email Address", "First Name", "Last Name",
                "Customer Billing Reference", "Platform", "Package",
            ])
        #expect(
            sheet.fields.filter(\.isRequired).map(\.id) == [
                "name", "email", "firstName", "lastName", "platform",
            ])
    }

    @Test func `a blank reference is filled with the company name`() {
        let rule = sheet.fields.first { $0.id == "reference" }?.rules.first
        #expect(rule?.kind == "equals")
        #expect(rule?.parameters == ["field": .text("name"), "fill": .boolean(true)])
    }

    @Test func `steps come in the order in which they are done`() {
        #expect(
            definition.operations.map(\.id).prefix(5) == [
                "studio.company.create", "studio.company.update", "studio.upload",
                "studio.confirm", "studio.packages",
            ])
        #expect(definition.operations.last?.id == "studio.messaging")
    }

    @Test func `examples satisfy the choices`() {
        for example in sheet.examples {
            #expect(example["platform"] == definition.settings["platform"]?.text)
            #expect(example["reference"] == nil || example["reference"] == example["name"])
        }
        #expect(sheet.examples.count == 3)
    }

    /// Excel takes a prompt of 255 UTF-16 units and a title of 31 in a sheet's name.
    @Test func `texts fit where Excel puts them`() {
        for field in sheet.fields {
            for prompt in field.prompt?.all ?? [] {
                #expect(prompt.utf16.count <= 255, "\(field.id): \(prompt.utf16.count)")
            }
        }
        #expect(sheet.title.all.allSatisfy { $0.utf16.count <= 31 })
    }

    @Test(arguments: Messages.languages)
    func `every text is there in every language`(language: String) {
        var texts = definition.operations.compactMap(\.text) + sheet.readMe + [sheet.title]
        texts += definition.directories.map(\.title) + [sheet.noun]
        for field in sheet.fields {
            texts += [field.title] + [field.prompt].compactMap(\.self)
        }
        for rule in sheet.rules + sheet.fields.flatMap(\.rules) {
            texts += [rule.message, rule.remedy].compactMap(\.self)
        }
        for text in texts {
            #expect(text.byLanguage[language] != nil, "\(text.text(in: "en"))")
        }
    }
}
