import Foundation
import Testing

@testable import Portals

/// The examples of `Templates/README.md`: each block of YAML, put where its label says, decodes.
struct ReadMeTests {
    /// The block labelled `definition`, with blocks of other labels in it.
    @Test(arguments: [
        ("fields", "    fields:\n", 6), ("rules", "        rules:\n", 10),
        ("sheet-rules", "    fields:\n", 0), ("operations", "operations:\n", 2),
    ])
    func `an example decodes in its place`(label: String, place: String, indent: Int) throws {
        let definition = try #require(try blocks()["definition"]?.first)
        for block in try #require(try blocks()[label]) {
            let lines = block.split(separator: "\n").map {
                String(repeating: " ", count: indent) + $0
            }
            var text = lines.joined(separator: "\n") + "\n"
            if label == "sheet-rules" {
                text = "    rules:\n" + lines.map { "      \($0)\n" }.joined() + place
            } else {
                text = place + text
            }
            let whole = definition.replacing(place, with: text)
            #expect(whole != definition)
            _ = try Definitions.decode(yaml: whole, file: "README.md")
        }
    }

    @Test(arguments: ["sheet", "holds"])
    func `another part of a definition decodes`(label: String) throws {
        let definition = try #require(try blocks()["definition"]?.first)
        let lines = try #require(try blocks()[label]?.first).split(separator: "\n")
        let block = lines.enumerated().map { number, line in
            label == "holds" ? "  \(line)\n" : (number == 0 ? "  - " : "    ") + "\(line)\n"
        }.joined()
        let whole =
            label == "holds"
            ? definition + "holds:\n" + block
            : definition.replacing("operations:\n", with: block + "operations:\n")
        let decoded = try Definitions.decode(yaml: whole, file: "README.md")
        #expect(decoded.holds.count + decoded.sheets.count == 2)
    }

    @Test func `what a list is compared by decodes`() throws {
        let definition = try #require(try blocks()["definition"]?.first)
        let block = try #require(try blocks()["compare"]?.first)
        let lines = block.split(separator: "\n").map { "  \($0)\n" }.joined()
        let decoded = try Definitions.decode(
            yaml: definition + "compare:\n" + lines, file: "README.md")
        #expect(decoded.ofPortalList?.sheets.first?.fields.first?.aliases == ["Domain", "Tenant"])
        #expect(decoded.ofInvoice?.sheets.first?.fields.map(\.title.all).last == ["Amount"])
    }

    @Test func `the whole definition decodes`() throws {
        let block = try #require(try blocks()["definition"]?.first)
        #expect(try Definitions.decode(yaml: block, file: "README.md").portal == "sample")
    }

    @Test func `what is told of settings decodes`() throws {
        let definition = try #require(try blocks()["definition"]?.first)
        let block = try #require(try blocks()["setting-fields"]?.first)
        let decoded = try Definitions.decode(
            yaml: definition + "settingFields:\n" + block, file: "README.md")
        #expect(decoded.settings.fields.map(\.fields.count) == [0, 3])
    }

    @Test func `conditions decode`() throws {
        let block = try #require(try blocks()["conditions"]?.first)
        let node = DefinitionNode(value: try Value(yaml: block, file: "x"), path: "", file: "x")
        #expect(try node.list(of: Condition.init(_:)).count == 10)
    }

    @Test func `settings fit the definition's`() throws {
        let definition = try Definitions.decode(
            yaml: try #require(try blocks()["definition"]?.first), file: "README.md")
        let block = try #require(try blocks()["settings"]?.first)
        let settings = try definition.settings.changed(
            byYAML: block, file: "README.md", portal: "sample", portals: ["sample"])
        #expect(settings.names("packages") == ["Free", "Gold"])
    }

    /// A key nobody knows makes the decoder name all it knows at that place.
    @Test(arguments: [
        "version: 2", "id: customers", "id: reference", "id: sample.create",
    ])
    func `every key is explained in a table`(line: String) throws {
        let error = #expect(throws: DefinitionError.self) {
            let (key, value) = (line.prefix { $0 != ":" }, line.drop { $0 != ":" })
            return try Sample.definition(replacing: line, by: "\(key)X\(value)")
        }
        let text = try readMe()
        let keys = try #require(error?.allowed.split(separator: ", "))
        #expect(keys.count > 5)
        for key in keys {
            #expect(text.contains("| \(key) |") || text.contains("| **\(key)** |"), "\(key)")
        }
    }

    @Test func `every word that may stand somewhere is named`() throws {
        let text = try readMe()
        let words =
            FieldType.allCases.map(\.rawValue) + Action.allCases.map(\.rawValue)
            + OperationDefinition.Kind.allCases.map(\.rawValue)
        for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
    }

    /// The blocks of YAML by the word behind ```` ```yaml ````.
    private func blocks() throws -> [String: [String]] {
        var blocks: [String: [String]] = [:]
        for match in try readMe().matches(of: /```yaml ([a-z-]+)\n((?:[^`]|`[^`])*?)```/) {
            blocks[String(match.output.1), default: []].append(String(match.output.2))
        }
        return blocks
    }

    private func readMe(file: String = #filePath) throws -> String {
        let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Templates/README.md"), encoding: .utf8)
    }
}
