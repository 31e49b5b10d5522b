import Catalogue
import Portals
import Testing
import Validation
import XLSX
import Zip

@testable import Gate

/// Lists of names and of customers that are handed in beside a workbook.
struct ListTests {
    private func list(_ text: String, name: String = "list.csv") -> ListFile {
        ListFile(InputFile(name: name, bytes: Array(text.utf8)))
    }

    /// Names with their descriptions.
    private func names(_ file: ListFile) throws -> [String] {
        let directory = try DirectoryList(file).directory
        return (0..<directory.count).map { index in
            let description = directory.description(index).map { " = \($0)" } ?? ""
            return directory.name(index) + description
        }
    }

    /// A row more than was foretold would double what the names take.
    @Test(arguments: [1, 2, 100, 100_000])
    func `of rows of one length at least as many are foretold as come`(count: Int) throws {
        let line = "a23456789.12345.service\n"
        let estimate = try list(String(repeating: line, count: count)).rowCountEstimate()
        #expect((count...count + max(1, count / 100)).contains(estimate))
    }

    // MARK: Names

    @Test(arguments: ["", "\n\n", "\u{FEFF}", "domain"])
    func `a list without a name is no list`(text: String) {
        #expect(throws: ListFile.Failure.self) { try names(list(text)) }
    }

    @Test(arguments: [
        ("a.1\nb.2\n", ["a.1", "b.2"]),
        ("a.1\nb.2", ["a.1", "b.2"]),
        ("a.1\r\nb.2\r\n", ["a.1", "b.2"]),
        ("a.1\rb.2\r", ["a.1", "b.2"]),
        ("\u{FEFF}a.1\nb.2\n", ["a.1", "b.2"]),
        ("\n\na.1\n  \n\tb.2 \n\n", ["a.1", "b.2"]),
        ("domain\na.1", ["a.1"]),
        ("\u{FEFF}Domain\r\na.1", ["a.1"]),
        ("NetSapiens Domain\na.1", ["a.1"]),
        ("a.1\na.1\nA.1", ["a.1", "A.1"]),
        ("Acme Ltd (old)\n  x y  \nnaïve", ["Acme Ltd (old)", "x y", "naïve"]),
        ("\"a.1\"\n\"b.2\"\n", ["a.1", "b.2"]),
        ("\"domain\"\r\n\"a.1\"\r\n", ["a.1"]),
    ])
    func textGivesANameALine(_ text: String, expected: [String]) throws {
        #expect(try names(list(text)) == expected)
    }

    @Test(arguments: [
        ("domain,description\na.1,Acme Ltd\nb.2,\n", ["a.1 = Acme Ltd", "b.2"]),
        ("domain;description\na.1;Acme, Ltd\n", ["a.1 = Acme, Ltd"]),
        ("domain\tdescription\na.1\tAcme; Ltd, London\n", ["a.1 = Acme; Ltd, London"]),
        ("Description,Domain\nAcme Ltd,a.1\n", ["a.1 = Acme Ltd"]),
        ("Id,Domain,Seats,Description\n7,a.1,3,Acme\n", ["a.1 = Acme"]),
        ("Name,Domain\nAcme Ltd,a.1\n", ["a.1 = Acme Ltd"]),
        ("Domain,Name\na.1,Acme Ltd\n", ["a.1 = Acme Ltd"]),
        ("Domäne;Beschreibung\na.1;Café\n", ["a.1 = Café"]),
        ("a.1,Acme Ltd\nb.2,Birch Ltd\n", ["a.1 = Acme Ltd", "b.2 = Birch Ltd"]),
        ("Firma,Nummer\nAcme,a.1\n", ["a.1 = Acme"]),
        ("Company Name,Customer Reference\nAcme,R-1\n", ["Acme = R-1"]),
        ("Company;Country;Reference\nAcme;GB;R-1\n", ["Acme = R-1"]),
        ("Kundenreferenz;Firma\nR-1;Acme\n", ["Acme = R-1"]),
        ("E-mail,Id\nann@acme.example,5f3a\n", ["ann@acme.example = 5f3a"]),
        ("Id,User\n5f3a,ann@acme.example\n", ["ann@acme.example = 5f3a"]),
        ("domain,description\n\"a.1\",\"Acme, \"\"the\"\" firm\"\n", ["a.1 = Acme, \"the\" firm"]),
        ("domain,description\na.1,\"two\nlines\"\nb.2,x\n", ["a.1 = two\nlines", "b.2 = x"]),
        ("domain,description\na.1,\"never closed\nb.2,x\n", ["a.1 = never closed\nb.2,x"]),
        ("domain,description\n,no name\nb.2\n", ["b.2"]),
        ("\ndomain;description\na.1;Acme\n", ["a.1 = Acme"]),
    ])
    func separatedValuesGiveNamesAndDescriptions(_ text: String, expected: [String]) throws {
        #expect(try names(list(text)) == expected)
    }

    @Test func unicodeTextOfExcelIsUnderstood() throws {
        let text = "domain\tdescription\r\na.1\tCafé\r\n"
        let units = Array(("\u{FEFF}" + text).utf16)
        let little = units.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let big = units.flatMap { unit in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
        for bytes in [little, big] {
            #expect(try names(ListFile(InputFile(name: "u", bytes: bytes))) == ["a.1 = Café"])
        }
    }

    @Test func aWorkbookGivesItsFirstVisibleSheet() throws {
        let workbook = try InputFile([
            TestSheet("Old", [["old.1"]]).hidden(), TestSheet("Read me", [["not this"]]),
            TestSheet(
                "Export",
                [["Nr", "Domain", "Customer"], nil, [.number(1), " a.1 ", "Acme"], [.number(2)]]),
            TestSheet("More", [["b.2"]]),
        ])
        #expect(try names(ListFile(workbook)) == ["a.1 = Acme"])
    }

    @Test func aWorkbookWithoutHeaderGivesItsFirstColumn() throws {
        let workbook = try InputFile([TestSheet("Names", [["a.1"], nil, ["b.2"], [.number(7)]])])
        #expect(try names(ListFile(workbook)) == ["a.1", "b.2", "7"])
    }

    @Test func theFixturesHaveTheSameNames() throws {
        let csv = try DirectoryList(ListFile(Fixture.open("studio/domains.csv"))).directory
        let text = try DirectoryList(ListFile(Fixture.open("studio/domains.txt"))).directory
        #expect(csv.count == 64)
        #expect((0..<64).map(csv.name) == (0..<text.count).map(text.name))
        #expect(csv.description(0) == "Acme Ltd")
        #expect(text.description(0) == nil)
    }

    @Test(arguments: [
        ("bad/truncated.xlsx", Code.zipTruncated), ("bad/plain.xlsx", .typeNotSpreadsheet),
        ("bad/sheet.ods", .typeOds), ("bad/old.xls", .typeXls),
        ("bad/encrypted.xlsx", .typeEncrypted),
    ])
    func aBrokenWorkbookAsAListSaysWhatItIs(_ path: String, code: Code) throws {
        let file = ListFile(try Fixture.open(path))
        #expect(
            performing: { try DirectoryList(file) },
            throws: { error in
                (error as? ListFile.Failure)?.code == code
            })
    }

    @Test func `what is no text is no list`() {
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D]
        #expect(
            performing: {
                try DirectoryList(ListFile(InputFile(name: "photo.csv", bytes: picture)))
            },
            throws: { error in
                (error as? ListFile.Failure)?.code == .typeNotSpreadsheet
            })
    }

    @Test func aListBeyondTheLimitIsRefusedUnread() throws {
        let file = ListFile(name: "huge.csv", source: EndlessSource(size: ListFile.sizeMax + 1))
        #expect(
            performing: { try DirectoryList(file) },
            throws: { error in
                (error as? ListFile.Failure)?.code == .fileTooLarge
            })
    }

    // MARK: Customers

    private func existing(_ file: ListFile) throws -> [String] {
        let definition = try Studio.gate().plan(ofPortal: "studio").definition
        return try ExistingList(file, of: definition, settings: definition.settings).records
            .records(ofSheet: "customers").map {
                $0.values.map { $0 ?? "?" }.joined(separator: "|") + " @ " + $0.origin
            }
    }

    @Test func textGivesAKeyOrAnAddressALine() throws {
        #expect(
            try existing(list("a.1\n\nann@mail.example\n", name: "known.txt")) == [
                "a.1|?|?|?|?|?|? @ known.txt, A1",
                "?|ann@mail.example|?|?|?|?|? @ known.txt, A3",
            ])
    }

    @Test(arguments: [
        ("Company Name\na.1\n", "a.1|?|?|?|?|?|? @ list.csv, A2"),
        ("Firmenname\na.1\n", "a.1|?|?|?|?|?|? @ list.csv, A2"),
        ("Email Address\nann@mail.example\n", "?|ann@mail.example|?|?|?|?|? @ list.csv, A2"),
    ])
    func `a title above one column is no customer`(text: String, expected: String) throws {
        #expect(try existing(list(text)) == [expected])
    }

    @Test func `columns without a title that is known are no list of customers`() {
        #expect {
            try existing(list("Foo,Bar\n1,2\n"))
        } throws: { error in
            let failure = error as? ListFile.Failure
            return failure?.code == .headerMissing && failure?.found == "Company Name"
        }
    }

    @Test func separatedValuesAreReadByTheTemplatesTitles() throws {
        #expect(
            try existing(list("Platform;Company Name;Seats;E-mail\nP;a.1;3;x@y.example\n"))
                == ["a.1|x@y.example|?|?|?|P|? @ list.csv, A2"])
    }

    @Test func aBlankCellSaysTheValueIsBlank() throws {
        #expect(
            try existing(list("Company Name,Email Address\na.1,\n"))
                == ["a.1||?|?|?|?|? @ list.csv, A2"])
    }

    @Test func theFixturesHoldTheSameCustomers() throws {
        let csv = try existing(ListFile(Fixture.open("studio/existing.csv")))
        let workbook = try existing(ListFile(Fixture.open("studio/existing.xlsx")))
        #expect(csv.count == 3)
        #expect(csv.map { $0.prefix { $0 != "@" } } == workbook.map { $0.prefix { $0 != "@" } })
    }

    @Test func whatIsKnownChangesTheVerdict() throws {
        let rows = ["acme", "birch", "cedar"].map(Studio.row)
        let known = """
            Company Name,Email Address,First Name,Last Name,Platform
            ACME.12345.service,acme@mail.example,Ann,Lee,Luminate Wholesale
            other.1,BIRCH@mail.example,,,
            cedar.12345.service,cedar@mail.example,Bob,Lee,Luminate Wholesale
            """
        let judgement = try Studio.judge(
            try InputFile([TestSheet([Studio.header] + rows)]), existing: list(known))
        #expect(judgement.counts.unchanged == 1)
        #expect(
            judgement.errors() == [Told(.emailTaken, 3, "email"), Told(.recordExists, 4, "name")])
    }
}

extension ListFile {
    /// A list whose bytes are never hashed.
    fileprivate init(name: String, source: any ByteSource) {
        self.init(InputFile(name: name, source: source))
    }
}

/// A source of zeros.
struct EndlessSource: ByteSource {
    let size: UInt64

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        return Int(min(UInt64(buffer.count), size - min(offset, size)))
    }
}
