import ArgumentParser
import Catalogue
import Gate
import Validation
import XLSX
import Zip

/// `rowgate inspect WORKBOOK`: every cell as one line of JSON, or how many there are.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Prints every cell of a workbook as JSON Lines.")

    @Argument(help: "The workbook; - for standard input.")
    var workbook: String

    @Option(help: "The only sheet to print.")
    var sheet: String?

    @Flag(help: "Reads everything and prints how many filled rows and cells each sheet has.")
    var count = false

    @Option(help: "The language of what is said: en or de.")
    var lang: String = "en"

    func run() throws {
        try Failure.reporting(in: lang) {
            let input = try InputFile(openingWorkbook: workbook)
            let workbook = try Workbook(
                opening: input.source, name: input.name,
                parallelism: Parallelism(threadCount: try ThreadCount.ofProcess()))
            if let sheet, !workbook.sheets.contains(where: { $0.name == sheet }) {
                let names = workbook.sheets.map(\.name).joined(separator: ", ")
                throw UsageError("There is no sheet “\(sheet)”. The workbook has: \(names).")
            }
            if count { try printCounts(workbook) } else { try printCells(workbook) }
        }
    }

    private func printCells(_ workbook: Workbook) throws {
        var dump = CellDump(workbook, sheetName: sheet)
        for info in dump.missing { sayMissing(info) }
        var lines: [UInt8] = []
        while try dump.next(into: &lines) {
            try Console.put(lines[...])
            lines.removeAll(keepingCapacity: true)
        }
    }

    private func printCounts(_ workbook: Workbook) throws {
        var batch = RowBatch()
        for info in workbook.sheets where sheet == nil || info.name == sheet {
            guard info.kind == .worksheet else { continue }
            guard info.missing == nil else {
                sayMissing(info)
                continue
            }
            let reader = try workbook.openAsWritten(info)
            var counts = FilledCounts()
            while try reader.next(into: &batch) { counts.add(batch, of: workbook) }
            let name = MessageText.shown(info.name)
            try Console.print("\(name)\t\(counts.rows) rows\t\(counts.cells) cells")
        }
    }

    private func sayMissing(_ info: SheetInfo) {
        Console.say(
            "The sheet “\(info.name)” is left out: \(info.missing?.rawValue ?? "it can't be read")."
        )
    }
}
