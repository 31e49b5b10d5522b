import ArgumentParser
import Catalogue

/// `rowgate explain [CODE]`: what a code means and what to do about it.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains a code, or all of them.")

    @Argument(help: "A code such as email.duplicate_in_file.")
    var code: String?

    @Option(help: "The language of what is said: en or de.")
    var lang: String = "en"

    func run() throws {
        try Failure.reporting(in: lang) { messages in
            let explanation = Explanation(try messages())
            guard let code else { return try Console.print(explanation.text()) }
            guard let known = Code(rawValue: code) else {
                throw UsageError("There is no code “\(code)”. rowgate explain lists all of them.")
            }
            try Console.print(explanation.text(of: known))
        }
    }
}
