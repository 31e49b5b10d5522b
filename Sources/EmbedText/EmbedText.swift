import Foundation

/// `embed-text FOLDER OUTPUT FILE…` writes one Swift file that holds the text of every FILE,
/// keyed by its path below FOLDER.
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
            source += "        (\"\(path)\", ####\"\"\"\n\(text)\n\"\"\"####),\n"
        }
        source += "    ]\n}\n"
        try source.write(toFile: output, atomically: true, encoding: .utf8)
    }
}
