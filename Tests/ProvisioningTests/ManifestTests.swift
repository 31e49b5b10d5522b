import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation

@testable import Provisioning

struct ManifestTests {
    @Test func `a manifest says what was made of what, warnings first`() throws {
        let plan = try Bench.plan([
            ["", "acme", "", "", "Gold"], ["", "birch", "", "", "Silver"], ["", "cafe", "bad"],
            ["Invite", "dent", "d@dent.example"],
        ])
        var manifest = Manifest(
            plan,
            files: [
                OutputFile(name: "batch-0001.jsonl", sha256: "b1", operationCount: 5, heldCount: 1),
                OutputFile(name: "upload.xlsx", sha256: "u1"),
            ],
            workbook: .init(name: "a\"b.xlsx", sha256: "w1"),
            inputs: [.init(name: "domains", sha256: "d1"), .init(name: "existing", sha256: nil)],
            today: try #require(CivilDate(year: 2026, month: 1, day: 31)))
        manifest.warnings = [.init(.domainNoList, message: "No name was checked.")]
        manifest.isTemplateGuessed = true
        #expect(
            String(decoding: manifest.bytes, as: UTF8.self)
                == #"{"warnings":[{"code":"domain.no_list","message":"No name was checked."}],"#
                + #""portal":"bench","definitionVersion":3,"today":"2026-01-31","#
                + #""workbook":{"name":"a\"b.xlsx","sha256":"w1"},"#
                + #""inputs":{"domains":"d1","existing":null},"#
                + #""counts":{"rows":4,"accepted":3,"rejected":1,"unchanged":0,"leftOut":0,"#
                + #""blank":0,"hidden":0},"effects":{"added":2,"updated":0,"deleted":0,"#
                + #""changes":[{"sheet":"companies","action":"Create","count":2}],"#
                + #""paid":[{"package":"Gold","count":1,"price":"12.50","currency":"GBP","#
                + #""per":"month","sum":"12.50"},{"package":"Silver","count":1,"price":null,"#
                + #""currency":null,"per":null,"sum":null}],"paidCount":2,"trials":[],"#
                + #""mails":[{"kind":"bench.invite","count":1}]},"operations":5,"held":1,"#
                + #""template":{"guessed":true},"files":[{"name":"batch-0001.jsonl","#
                + #""sha256":"b1","operations":5,"held":1},{"name":"upload.xlsx","#
                + #""sha256":"u1","operations":null,"held":0}]}"# + "\n")
    }
}
