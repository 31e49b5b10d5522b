import Testing

/// What a command that was called wrongly ends with: 64, a sentence, and nothing done.
struct UsageTests {
    private static let good = Binary.good
    private static let domains = ["--domains", Binary.domains]

    private func run(_ arguments: [String]) throws -> Binary.Result {
        try Binary.run(arguments: arguments)
    }

    @Test(arguments: [
        [], ["frobnicate"], ["check"], ["check", good, "--format", "pdf"],
        ["check", good, "--nonsense"],
        ["check", good, good], ["import", good], ["import", good, "-o"],
        ["import", good, "-o", "/nowhere/x", "--hidden", "perhaps"],
        ["import", good, "-o", "/nowhere/x", "--max-rejected", "101"],
        ["import", good, "-o", "/nowhere/x", "--max-rejected", "-1"],
        ["import", good, "-o", "/nowhere/x", "--max-rejected", "1.5"],
        ["import", good, "-o", "/nowhere/x", "--accept-charges", "two"],
        ["template"], ["template", "adopt"], ["template", "adopt", "studio"], ["inspect"],
        ["limits", "more"],
    ])
    func argumentsThatDoNotFitAre64(_ arguments: [String]) throws {
        let result = try run(arguments)
        if arguments.isEmpty {
            #expect(result.output.contains("USAGE") || result.said.contains("USAGE"))
        } else {
            #expect(result.status == 64, "\(result)")
            #expect(result.output == "")
            #expect(result.said != "")
        }
    }

    @Test(arguments: [
        (["check", good, "--portal", "nowhere"], "studio"),
        (["check", good, "--lang", "fr"], "de or en"),
        (["check", good, "--domains", "/nowhere/list.csv"], "/nowhere/list.csv"),
        (["check", good, "--existing", "/nowhere/list.csv"], "/nowhere/list.csv"),
        (["check", good, "--domains", "/"], "can't be read"),
        (["check", good, "--settings", "/nowhere/s.yaml"], "/nowhere/s.yaml"),
        (["check", good, "--templates", "/nowhere"], "/nowhere"),
        (
            ["check", good, "--domains", "\(Binary.root)/Fixtures/bad/truncated.xlsx"],
            "zip.truncated"
        ),
        (["explain", "no.such_code"], "no.such_code"),
        (["explain", "EMAIL.INVALID"], "EMAIL.INVALID"),
        (["explain", "--lang", "xx"], "xx"),
        (["template", "nowhere"], "studio"),
        (["template", "studio", "--fill"], "--domains"),
        (["portals", "--templates", Binary.good], "folder"),
        (["import", good, "-o", "/nowhere/x"], "domain.no_list"),
    ])
    func valuesThatDoNotFitAre64AndSaidInWords(_ arguments: [String], word: String) throws {
        let result = try run(arguments)
        #expect(result.status == 64, "\(result)")
        #expect(result.output == "")
        #expect(result.said.hasPrefix("rowgate: "))
        #expect(result.said.contains(word), "\(result.said)")
    }

    @Test(arguments: [
        "", "today", "2026-02-30", "2026-13-01", "2026-1-5", "05.01.2026", "2026-01-05T00:00",
        " 2026-01-05", "0000-01-01", "２０２６-01-05",
    ])
    func whatIsNoDayIsNotTaken(_ day: String) throws {
        let result = try run(["check", Self.good, "--today", day])
        #expect(result.status == 64, "\(result)")
        #expect(result.said.contains("--today"))
    }

    @Test(arguments: ["2026-01-05", "2024-02-29", "1999-12-31"])
    func theDayIsTheOneThatIsGiven(_ day: String) throws {
        let result = try run(["check", Self.good, "--today", day, "--format", "json"])
        #expect(result.output.contains(#""today":"\#(day)""#))
    }

    @Test(arguments: [
        "platform", "=x", "nowhere=1", "packages=", "packages=Gold", "packages=[{name: Gold}]",
        "packages=[", "",
    ])
    func settingsThatDoNotFitAre64(_ assignment: String) throws {
        let result = try run(["check", Self.good, "--set", assignment])
        #expect(result.status == 64, "\(result)")
        #expect(result.said.hasPrefix("rowgate: "))
    }

    @Test func aSettingIsPutInPlace() throws {
        let other = try run(["check", Self.good] + Self.domains + ["--set", "platform=Other"])
        #expect(other.status == 1)
        #expect(other.output.contains("cell.not_in_list"))
    }

    @Test func ofTwoValuesForASettingTheLastCounts() throws {
        let both = ["--set", "platform=Other", "--set", "platform=Luminate Wholesale"]
        #expect(try run(["check", Self.good] + Self.domains + both).status == 0)
    }

    @Test func aSettingOfTheCommandWinsOverTheFiles() throws {
        let folder = try TestFolder()
        try folder.write("s.yaml", "platform: Other\n")
        let file = ["--settings", folder.path("s.yaml")]
        let check = ["check", Self.good] + Self.domains + file
        #expect(try run(check).status == 1)
        #expect(try run(check + ["--set", "platform=Luminate Wholesale"]).status == 0)
    }

    @Test(arguments: ["platform: [", "nowhere: 1", "- a", "other:\n  platform: x\n"])
    func aSettingsFileThatDoesNotFitIs64(_ text: String) throws {
        let folder = try TestFolder()
        try folder.write("s.yaml", text)
        let result = try run(["check", Self.good, "--settings", folder.path("s.yaml")])
        #expect(result.status == 64, "\(result)")
        #expect(result.said.contains("s.yaml"))
    }

    @Test func rowsToFixAreNotWrittenOverTheWorkbookTheyComeFrom() throws {
        let folder = try TestFolder()
        let result = try run(["check", Self.good, "--rejected", Self.good])
        #expect(result.status == 64, "\(result)")
        #expect(folder.names == [])
    }
}
