import ArgumentParser
import Gate
import Workers

/// `rowgate import WORKBOOK -o DIR`: the good rows become batches, the others come back.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Prepares the good rows and gives the others back.")

    @OptionGroup var importing: ImportingOptions

    @Flag(help: "Does it in a process of its own, with limits on time and memory.")
    var isolated = false

    func run() throws {
        try Failure.reporting(in: importing.options.common.lang) { messages in
            let bar = ProgressBar()
            defer { bar.finish() }
            if isolated {
                throw try IsolatedImport(importing).run(messages) { bar.show(rows: $0.rowCount) }
            }
            throw try importing.run(importing.request(), messages) { bar.show(rows: $0.rowCount) }
        }
    }
}

extension GateRequest.HiddenRows: ExpressibleByArgument {}
