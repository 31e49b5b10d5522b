import Testing

@testable import Validation

struct RowKeyTests {
    @Test func `a row key comes back from its text`() throws {
        var key = RowKey(originalRowNumber: 14)
        key.remember("ann@acme.example", field: "email")
        key.remember("", field: "platform")
        let back = try #require(RowKey(key.text))
        #expect(back == key)
        #expect(back.originalRowNumber == 14)
        #expect(back.stillHas(" ann@acme.example\u{A0}", field: "email"))
        #expect(!back.stillHas("bob@acme.example", field: "email"))
        #expect(back.stillHas("", field: "platform"))
        #expect(!back.stillHas("", field: "name"))
    }

    @Test func `a row key without cells comes back too`() {
        #expect(RowKey("rk1;1048576")?.originalRowNumber == 1_048_576)
        #expect(RowKey(RowKey(originalRowNumber: 2).text)?.digests.isEmpty == true)
    }

    @Test(arguments: [
        "", "rk1", "rk1;", "rk1;0", "rk1;-1", "rk1;x", "rk2;14", "rk1;1048577", "rk1;14;",
        "rk1;14;a",
        "rk1;14;a=", "rk1;14;a=xyz", "rk1;14;a=1ffffffff", "14", "rk1;99999999999999999999",
    ])
    func `all else is no row key`(text: String) { #expect(RowKey(text) == nil) }
}
