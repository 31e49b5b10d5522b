import Foundation
import Portals
import Testing

@testable import Server

@Suite struct EffectTextsTests {
    /// One and several of everything, known and not known.
    private static let json = #"""
        {"added":1,"updated":2,"deleted":3,"paidCount":5,
          "changes":[{"sheet":"rooms","action":"Create","count":1},
                     {"sheet":"rooms","action":"Unlink","count":2},
                     {"sheet":"rooms","action":"Invite","count":7}],
         "paid":[{"package":"Pro","count":1,"currency":"GBP","per":"month","sum":"9.50"},
                 {"package":"Max","count":2},
                 {"package":"New","count":2,"sum":"9","validFrom":"2026-12-01"}],
         "trials":[{"date":"2026-12-01","count":1},{"date":"2026-12-02","count":2},{"count":3}],
         "mails":[{"kind":"nobody.knows","count":2}]}
        """#

    @Test(arguments: ["en", "de"])
    func `what approving does is told without gaps`(language: String) throws {
        let effects = try JSONDecoder().decode(
            UploadReport.Head.Effects.self, from: Data(Self.json.utf8))
        let definition = try Definitions.decode(
            yaml: """
                portal: sample
                version: 1
                title: Sample
                sheets:
                  - id: rooms
                    title: Rooms
                    entity: room
                    noun: room
                    key: [name]
                    actions: [Create, Unlink, Invite]
                    fields: [{id: name, title: Name, type: text}]
                operations: [{id: sample.room, for: rooms, kind: manual, text: Do it.}]
                """, file: "sample.yaml")
        let lines = EffectTexts(PageTexts.of(language), definition).lines(effects)
        #expect(lines.count == 8)
        #expect(lines.contains { $0.contains("New") && $0.contains("12") && $0.contains("2026") })
        #expect(
            lines.first
                == (language == "en"
                    ? "Rooms: 1 added, 2 unlinked in Sample."
                    : "Rooms: 1 angelegt, 2 getrennt in Sample."))
        for line in lines {
            #expect(!line.contains { "{}?".contains($0) }, "\(line)")
        }
    }
}
