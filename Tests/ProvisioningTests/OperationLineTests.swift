import Portals
import Testing
import Validation

@testable import Provisioning

struct OperationLineTests {
    /// The keys were made by `sha256sum`.
    @Test func `a created row is printed in the order of the definition`() throws {
        let lines = try Bench.plan([["", "acme/ü", "ann@acme.example"], ["", "birch"]]).lines()
        #expect(
            lines == [
                #"{"id":"bench.company.create/acme%2F%C3%BC","seq":1,"kind":"file","#
                    + #""operation":"bench.company.create","key":["acme/ü"],"dependsOn":[],"#
                    + #""data":{"companyName":"acme/ü","email":"ann@acme.example","#
                    + #""reference":"acme/ü","region":"north","source":"gate"},"mail":false,"#
                    + #""source":{"sheet":"Companies","row":2},"idempotencyKey":"#
                    + #""a890e5d53572d2217d19203d3acdd0055442a4fd1b62adcd99ae9144bcc90f3d"}"#,
                #"{"id":"bench.company.create/birch","seq":2,"kind":"file","#
                    + #""operation":"bench.company.create","key":["birch"],"dependsOn":[],"#
                    + #""data":{"companyName":"birch","reference":"birch","region":"north","#
                    + #""source":"gate"},"mail":false,"source":{"sheet":"Companies","row":3},"#
                    + #""idempotencyKey":"#
                    + #""6c94b85c4067e1ea5b32c206c7052cf8c1dcf79d6bd3ff6bccd8522c295a0df6"}"#,
                #"{"id":"bench.company.brand/acme%2F%C3%BC","seq":3,"kind":"http","#
                    + #""operation":"bench.company.brand","key":["acme/ü"],"#
                    + #""dependsOn":["bench.company.create/acme%2F%C3%BC"],"#
                    + #""data":{"name":"acme/ü"},"mail":false,"#
                    + #""source":{"sheet":"Companies","row":2},"idempotencyKey":"#
                    + #""76220a5165004cff61fe394063b7e993c5762de6edd96078d7288fc9983e6761"}"#,
                #"{"id":"bench.upload","seq":4,"kind":"manual","operation":"bench.upload","#
                    + #""key":[],"dependsOn":["bench.company.create"],"#
                    + #""data":{"region":"north"},"mail":false,"source":null,"#
                    + #""idempotencyKey":"#
                    + #""e10f12d7dc7741e2bfa096ee858ec1af1eb336396080cdda86aeefd0a9024d01","#
                    + #""text":"Upload upload.xlsx."}"#,
                #"{"id":"bench.messaging","seq":5,"kind":"manual","operation":"bench.messaging","#
                    + #""key":[],"dependsOn":["bench.upload"],"data":{},"#
                    + #""mail":false,"source":null,"idempotencyKey":"#
                    + #""bcdf8bfef90aad676944f89ce3715c73dedc569ae3f3804d00320b3ba88deae9","#
                    + #""text":"Order now."}"#,
            ])
    }

    @Test(arguments: [
        ("acme.1-2_3~", "acme.1-2_3~"), ("a/b", "a%2Fb"), ("50%", "50%25"), ("é", "%C3%A9"),
        ("日本", "%E6%97%A5%E6%9C%AC"), ("a b+c", "a%20b%2Bc"), ("👩", "%F0%9F%91%A9"), ("", ""),
    ])
    func `parts of ids are percent-encoded, and come back`(part: String, expected: String) {
        #expect(PercentEncoding.encoded(part) == expected)
        #expect(PercentEncoding.decoded(expected[...]) == part)
    }

    @Test(arguments: ["%", "%2", "50%", "%zz", "100% sure"])
    func `a percent sign that begins no escape is itself`(part: String) {
        #expect(PercentEncoding.decoded(part[...]) == part)
    }

    @Test func `parts of a key are joined so that they can be told apart`() throws {
        let values = try Bench.values([
            Bench.Sheet(index: 1, rows: [["", "a/b", "c"], ["", "a", "b/c"]])
        ])
        let lines = try Bench.plan(values).lines().map(JSONLine.init)
        #expect(lines.map(\.id) == ["bench.room.create/a%2Fb/c", "bench.room.create/a/b%2Fc"])
        #expect(lines.map { $0.texts("key") } == [["a/b", "c"], ["a", "b/c"]])
    }

    @Test func `an update carries only what changes and is left out when nothing does`() throws {
        let records = Bench.records([
            ["acme", "ann@acme.example", "acme", "Free"],
            ["birch", "bo@birch.example", "birch", ""],
            ["cafe", "c@cafe.example", "cafe", "Free"],
        ])
        let lines = try Bench.plan(
            [
                ["Update", "acme", "new@acme.example", "acme"],
                ["Update", "birch", "", "", "Gold"], ["Update", "cafe", "(clear)"],
            ], records: records
        ).lines().map(JSONLine.init)
        #expect(
            lines.map(\.id) == [
                "bench.company.update/acme", "bench.company.update/cafe", "bench.packages",
                "bench.messaging",
            ])
        #expect(lines[0].data == ["email": "new@acme.example"])
        #expect(lines[0].text("text") == "Change acme to new@acme.example, {unknown}.")
        #expect(lines[1].data == ["email": ""])
    }

    @Test func `the row of a source is the one of the first upload`() throws {
        let values = try Bench.values([Bench.Sheet(rows: [["", "acme"]], originals: [0: 41])])
        let lines = try Bench.plan(values).lines().map(JSONLine.init)
        #expect(lines[0].sourceRow == 41)
    }

    @Test func `quotes, line ends and slashes come through`() throws {
        let name = "a \"b\" \\ c/d"
        let lines = try Bench.plan([["", name]]).lines()
        #expect(try JSONLine(lines[0]).data["companyName"] == name)
        #expect(lines[0].contains("c/d"))
    }

    @Test func `rows that are not accepted have no operation`() throws {
        let lines = try Bench.plan([["", "acme", "not an address"], ["", "", "x@y.example"]])
            .lines()
        #expect(lines == [])
    }
}
