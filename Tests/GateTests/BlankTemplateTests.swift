import Catalogue
import Foundation
import Portals
import Reports
import Testing
import Validation
import Zip

@testable import Gate

/// The committed blank workbooks are those that are made now.
struct BlankTemplateTests {
    @Test(arguments: Definitions.embeddedPortals)
    func theCommittedTemplateIsFresh(_ portal: String) throws {
        let gate = try Studio.gate()
        let plan = try gate.plan(ofPortal: portal)
        let known = try gate.known(of: plan, try Studio.inputs(names: nil))
        let made = try TemplateWorkbook(plan, known: known, messages: Messages(language: "en"))
            .write(to: MemorySink()).bytes
        let path = "Templates/\(portal)/\(portal).xlsx"
        let committed = try Data(contentsOf: URL(filePath: "\(Fixture.root)/\(path)"))
        let (now, then) = (try Parts(made).bytes, try Parts(Array(committed)).bytes)
        #expect(now.keys.sorted() == then.keys.sorted(), "\(path) is stale: make templates")
        for (name, bytes) in now {
            #expect(then[name] == bytes, "\(path) is stale in \(name): make templates")
        }
    }

    @Test(arguments: Definitions.embeddedPortals, ["en", "de"])
    func aBlankTemplateHasNoRowsAndNoOtherFault(_ portal: String, language: String) throws {
        let gate = try Studio.gate()
        let plan = try gate.plan(ofPortal: portal)
        let known = try gate.known(of: plan, try Studio.inputs())
        let made = try TemplateWorkbook(plan, known: known, messages: Messages(language: language))
            .write(to: MemorySink()).bytes
        let judgement = try Studio.judge(InputFile(name: "blank.xlsx", bytes: made))
        #expect(judgement.plan?.definition.portal == portal)
        #expect(judgement.codes == [.sheetNoRows])
    }

    @Test func aFilledTemplateHoldsTheNamesThatAreNotKnown() throws {
        let gate = try Studio.gate()
        let plan = try gate.plan(ofPortal: "studio")
        let existing = ListFile(InputFile(name: "x", bytes: Array("acme.12345.service".utf8)))
        let known = try gate.known(of: plan, try Studio.inputs(existing: existing))
        let made = try TemplateWorkbook(
            plan, known: known, messages: Messages(language: "en"), fills: true
        ).write(to: MemorySink()).bytes
        let judgement = try Studio.judge(InputFile(name: "filled.xlsx", bytes: made))
        #expect(judgement.counts.rows == Studio.names.count - 1)
        #expect(try judgement.text(row: 0, "name") == "birch.12345.service")
        #expect(Set(judgement.errors().map(\.code)) == [.cellRequired])
    }
}
