import Testing

@testable import Catalogue

struct CatalogueTests {
    @Test func `a code is an area and a reason in small letters`() {
        for code in Code.allCases {
            let parts = code.rawValue.split(separator: ".", omittingEmptySubsequences: false)
            #expect(parts.count == 2, "\(code.rawValue)")
            let isPlain = code.rawValue.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            #expect(isPlain, "\(code.rawValue)")
        }
    }

    @Test(arguments: [
        (Code.zipCrc, Area.file), (.headerMissing, .structure), (.cellRequired, .cell),
        (.emailTaken, .cell), (.domainUnknown, .name), (.recordExists, .row),
        (.chargeApplies, .row),
    ])
    func `a code knows what it is about`(code: Code, area: Area) {
        #expect(code.area == area)
    }

    @Test func `what is needed is not also optional`() {
        for code in Code.allCases {
            let both = Set(code.neededArguments).intersection(code.optionalArguments)
            #expect(both.isEmpty, "\(code.rawValue)")
        }
    }

    @Test(
        arguments: [
            ([], nil, ""),
            (["B7"], nil, "B7"),
            (["B7", "B22"], nil, "B7 and B22"),
            (["B7", "B22", "D4"], nil, "B7, B22 and D4"),
            (["B7", "B22"], 5, "B7, B22 and 3 more"),
        ] as [([String], Int?, String)])
    func `names are joined as people do`(
        names: [String], total: Int?, expected: String
    ) throws {
        #expect(try Messages(language: "en").joined(names, total: total) == expected)
    }

    @Test func `one is said differently from many`() throws {
        let messages = try Messages(language: "en")
        #expect(messages.fragment("count.rows", ["count": "1"]) == "1 row")
        #expect(messages.fragment("count.rows", ["count": "2"]) == "2 rows")
    }

    @Test func `explain names severity, sentence, remedy and example`() throws {
        let text = Explanation(try Messages(language: "en")).text(of: .emailDuplicateInFile)
        #expect(
            text == """
                email.duplicate_in_file (problem)
                    ann@acme.example is also in B7 and B22.
                    What to do: Give each row an address of its own.
                    Example: B7, B14 and B22 all hold ann@acme.example.
                """)
    }

    @Test func `explain without a code tells every one once`() throws {
        let lines = Explanation(try Messages(language: "en")).text().split(separator: "\n")
        for code in Code.allCases {
            let count = lines.count { $0.hasPrefix("\(code.rawValue) (") }
            #expect(count == 1, "\(code.rawValue)")
        }
    }
}
