import Portals
import Testing
import Validation

@testable import Provisioning

/// The bulk upload as its own definition describes it.
struct StudioBatchTests {
    private func plan(_ rows: [[String]], originals: [Int: UInt32] = [:]) throws -> BatchPlan {
        let definition = try #require(
            Definitions.embedded().first { $0.portal == "studio" })
        let sheet = Bench.Sheet(rows: rows, originals: originals)
        return try Bench.plan(try Bench.values([sheet], of: definition))
    }

    private func row(_ name: String, _ email: String, _ package: String = "") -> [String] {
        ["", name, email, "Ann", "Lee", "", "Luminate Wholesale", package]
    }

    @Test func `a company is created, uploaded, confirmed and given its package`() throws {
        let plan = try plan([
            row("acme.12345.service", "ann@acme.example", "Gold"),
            row("birch.12345.service", "bo@birch.example", "Free"),
        ])
        let lines = try plan.lines()
        let key = "8c20c837d0601eec86bed3fd52a5cd00b8fd1005198ad0e3484f74ca29ccfe10"
        #expect(
            lines[0] == #"{"id":"studio.company.create/acme.12345.service","seq":1,"kind":"file","#
                + #""operation":"studio.company.create","key":["acme.12345.service"],"#
                + #""dependsOn":[],"data":{"companyName":"acme.12345.service","#
                + #""email":"ann@acme.example","firstName":"Ann","lastName":"Lee","#
                + #""customerBillingReference":"acme.12345.service","#
                + #""platform":"Luminate Wholesale"},"mail":false,"#
                + #""source":{"sheet":"Customers","row":2},"idempotencyKey":"\#(key)"}"#)
        let told = try lines.map(JSONLine.init)
        #expect(
            told.dropFirst(2).map(\.id) == [
                "studio.upload", "studio.confirm", "studio.packages", "studio.messaging",
            ])
        #expect(
            told[3].list.map { $0["name"] as? String } == [
                "acme.12345.service", "birch.12345.service",
            ])
        // Who asks for nothing paid has nothing to be set.
        #expect(told[4].list.map { $0["package"] as? String } == ["Gold"])
        #expect(told[4].text("held") == "charges")
        #expect(plan.effects.paid.map(\.price) == [nil])
    }

    @Test(arguments: 0..<4)
    func `two uploads give the operations that one gives`(faulty: Int) throws {
        let packages = ["", "Gold", "Free", "Gold"]
        let rows = (0..<4).map { row("c\($0).service", "a\($0)@acme.example", packages[$0]) }
        var first = rows
        first[faulty][2] = "no address"
        let whole = try plan(rows).lines().map(JSONLine.init)
        let parts =
            try plan(first).lines()
            + plan(
                [rows[faulty]], originals: [0: UInt32(faulty + 2)]
            ).lines()
        #expect(Set(try parts.map { try JSONLine($0).identity }) == Set(whole.map(\.identity)))
    }
}
