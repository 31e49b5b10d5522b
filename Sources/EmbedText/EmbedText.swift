import Embedding
import Foundation
import Yams

/// `embed-text FOLDER OUTPUT FILE…` writes one Swift file that holds every FILE, keyed by its path
/// below FOLDER: YAML as `EmbeddedReader` reads it, anything else as it is.
@main
struct EmbedText {
    static func main() throws {
        let arguments = CommandLine.arguments
        let (folder, output) = (arguments[1], arguments[2])
        var source = "/// The data files this room was built with, by path.\n"
        source += "enum EmbeddedText {\n    static let files: [(path: String, text: String)] = [\n"
        for file in arguments.dropFirst(3) {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let path = file.dropFirst(folder.count + 1)
            let embedded = path.hasSuffix(".yaml") ? try packed(yaml: text) : text
            source += "        (\"\(path)\", ####\"\"\"\n\(embedded)\n\"\"\"####),\n"
        }
        source += "    ]\n}\n"
        try source.write(toFile: output, atomically: true, encoding: .utf8)
    }

    private static func packed(yaml: String) throws -> String {
        var writer = EmbeddedWriter()
        try write(try Yams.compose(yaml: yaml, .basic) ?? Node(""), to: &writer)
        return writer.text
    }

    private static func write(_ node: Node, to writer: inout EmbeddedWriter) throws {
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            writer.append(isPlain ? .plain(scalar.string) : .quoted(scalar.string))
        case .sequence(let members):
            writer.append(.list(count: members.count))
            for member in members { try write(member, to: &writer) }
        case .mapping(let members):
            writer.append(.table(count: members.count))
            for (name, member) in members {
                try write(name, to: &writer)
                try write(member, to: &writer)
            }
        case .alias: throw CocoaError(.fileReadCorruptFile)
        }
    }
}
