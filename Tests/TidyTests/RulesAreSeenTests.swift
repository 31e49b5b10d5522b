import Testing

/// Each rule is shown something it must refuse, and something alike that it must not.
struct RulesAreSeenTests {
    @Test(arguments: [
        ("Zip", "import XLSX", 1),
        ("Zip", "@testable import XML", 1),
        ("Validation", "package import Reports", 1),
        ("Reports", "private import Provisioning", 1),
        ("Reports", "import CZlib", 1),
        ("XLSX", "import Yams", 1),
        ("Gate", "import ArgumentParser", 1),
        ("XLSX", "import Foundation", 1),
        ("Validation", "import FoundationEssentials", 1),
        ("Zip", "import CZlib", 0),
        ("XLSX", "package import Zip", 0),
        ("Gate", "import Foundation", 0),
        ("Validation/Text", "import Foundation", 0),
        ("Zip", "// import XLSX\nlet text = \"import XLSX\"", 0),
    ])
    func `an import that climbs is refused`(room: String, text: String, count: Int) {
        #expect(ImportRules.violations(in: file(in: room, text)).count == count)
    }

    @Test(arguments: [
        ("let a = b!", 1),
        ("let a = f()!", 1),
        ("let a = list[0]!.name", 1),
        ("let a = \"\\(b!)\"", 1),
        ("let a = try! f()", 1),
        ("let a = try? f()", 1),
        ("let a = b as! Int", 1),
        ("fatalError()", 1),
        ("do { try f() } catch {}", 1),
        ("do { try f() } catch let error as E {\n\n}", 1),
        ("// TODO: later", 1),
        ("print(a)", 1),
        ("fputs(a, stderr)", 1),
        ("let now = Date()", 1),
        ("let clock = ContinuousClock()", 1),
        ("let home = getenv(\"HOME\")", 1),
        ("func f() async {}", 1),
        ("let a = b != c", 0),
        ("if !a { f() }", 0),
        ("let a = \"b! try! print(\"", 0),
        ("/* b! /* nested */ fatalError */ let a = 1", 0),
        ("let a = #\"c!\"# + \"\"\"\n    d!\n    \"\"\"", 0),
        ("do { try f() } catch { throw a }", 0),
    ])
    func `what is forced or hidden is refused`(text: String, count: Int) {
        #expect(WordingRules.violations(in: file(in: "Zip", text)).count == count)
    }

    @Test func `the top room may print and read the clock`() {
        let text = "print(Date(), ProcessInfo.processInfo.environment)"
        #expect(WordingRules.violations(in: file(in: "rowgate", text)) == [])
    }

    @Test func `tests may force and print`() {
        let test = SourceFile(path: "Tests/ZipTests/A.swift", text: "print(a!)")
        #expect(WordingRules.violations(in: test) == [])
    }

    @Test(arguments: [
        ("let a = \"studio\"", 1),
        ("let a = \"studio.company.create\"", 1),
        ("let a = \"Templates/studio/portal.yaml\"", 1),
        ("let a = \"\"\"\n    studio\n    \"\"\"", 0),
        ("let a = \"a photo studio\"", 0),
        ("let studio = \"studios\"", 0),
        ("let a = \"rainbow id\"", 1),
    ])
    func `a portal's name in a literal is refused`(text: String, count: Int) {
        let found = WordingRules.portalNames(
            in: file(in: "Gate", text), portals: ["studio", "rainbow"])
        #expect(found.count == count)
    }

    @Test(arguments: [(400, 0), (401, 1)])
    func `a long file is refused`(lines: Int, count: Int) {
        let text = String(repeating: "let a = 1\n", count: lines)
        #expect(SizeRules.violations(in: file(in: "Zip", text)).count == count)
    }

    @Test(arguments: [(100, 0), (101, 1)])
    func `a long line is refused`(columns: Int, count: Int) {
        let text = String(repeating: "ä", count: columns)
        #expect(SizeRules.violations(in: file(in: "Zip", text)).count == count)
    }

    @Test(arguments: [(70, 0), (71, 1)])
    func `a long function is refused`(lines: Int, count: Int) {
        let body = String(repeating: "    f()\n", count: lines - 2)
        let text = "    package static func f(a: () -> Void = {}) {\n\(body)}\nlet b = 1\n"
        #expect(SizeRules.violations(in: file(in: "Zip", text)).count == count)
    }

    @Test func `functions are found with their lengths`() {
        let text =
            """
            protocol P {
                func none()
            }
            struct A {
                init() { b = "}" }
                @inlinable mutating func f(
                    a: Int
                ) throws -> Int {
                    a  // }
                }
            }
            """
        let found = SizeRules.functions(in: file(in: "Zip", text))
        #expect(found.map(\.line) == [5, 6])
        #expect(found.map(\.lines) == [1, 5])
    }

    @Test func `the dependencies are read out of Package.swift`() {
        let package = """
            room("Zip", on: ["CZlib"]),
            room("Spreadsheet"),
            room(
                "Gate",
                on: [
                    "Zip", crypto,
                ]),
            .executableTarget(
                name: "rowgate",
                dependencies: ["Gate", yams]),
            """
        #expect(
            ImportRules.dependencies(in: package) == [
                "Zip": ["CZlib"], "Spreadsheet": [], "Gate": ["Zip"], "rowgate": ["Gate"],
            ])
    }

    @Test func `violations name the line`() {
        let found = WordingRules.violations(in: file(in: "Zip", "/*\n*/\n\"\"\"\n\n\"\"\"\na!"))
        #expect(found.map(\.description) == ["Sources/Zip/A.swift:6: forced unwrapping"])
    }

    private func file(in room: String, _ text: String) -> SourceFile {
        SourceFile(path: "Sources/\(room)/A.swift", text: text)
    }
}
