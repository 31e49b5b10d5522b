import Catalogue
import Portals
import Testing

@testable import Validation

struct RecentStepsTests {
    private static let yaml = """
        portal: test
        version: 1
        title: Test
        sheets:
          - id: rows
            title: Rows
            entity: row
            key: [name]
            actions: [Invite, Decline]
            blank: Invite
            fields:
              - {id: name, title: Name, type: text}
              - {id: email, title: Email, type: email}
        operations:
          - id: test.invite
            for: rows
            when: {action: Invite}
            kind: http
            interval: {minutes: 60, message: "Too soon[: {cells}]; wait until {date}."}
        """

    private func judge(_ rows: [Row]) throws -> Verdicts {
        let definition = try Definitions.decode(yaml: Self.yaml, file: "test.yaml")
        let bench = try Bench(definition)
        var known = Knowing().known(definition)
        for end in ["2026-01-31T11:20:00Z", "2026-01-31T10:00:00Z"] {
            known.recent.add(operation: "test.invite", key: Array("acme".utf8), until: end)
        }
        return bench.plan.judge(bench.store(rows), against: known)
    }

    @Test func `a row that asks too soon is accepted, and its step waits until the last end`()
        throws
    {
        let verdicts = try judge([["Birch"], ["ACME"]])
        #expect(verdicts.states == [[.accepted, .accepted]])
        #expect(
            verdicts.waits == [Place(sheet: 0, row: 1): ["test.invite": "2026-01-31T11:20:00Z"]])
        #expect(verdicts.findings.map(\.code) == [.batchHeld])
    }

    @Test func `what asks for something else, or goes back, waits for nothing`() throws {
        let verdicts = try judge([Row(["Acme"], action: "Decline")])
        #expect(verdicts.waits.isEmpty)
        #expect(try judge([["acme", "nobody"]]).waits.isEmpty)
    }
}
