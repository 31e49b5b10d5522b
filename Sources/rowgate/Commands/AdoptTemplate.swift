import ArgumentParser
import Foundation
import Gate
import Portals
import Validation
import Zip

/// `rowgate template adopt PORTAL FILE`: from now on `upload.xlsx` is a copy of the portal's own
/// template, and only its data rows are touched.
struct AdoptTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Learns a portal's own template.")

    @Argument(help: "The portal.")
    var portal: String

    @Argument(help: "The workbook as the portal offers it for download.")
    var file: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { _ in
            guard let folder = common.templatesFolder else {
                throw UsageError(
                    "Say where the template is kept: --templates DIR, or ROWGATE_TEMPLATES.")
            }
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(portal)", withIntermediateDirectories: true)
            let plan = try Gate(try common.definitions()).plan(ofPortal: portal)
            let input = try InputFile(openingWorkbook: file)
            _ = try PortalTemplate(input, of: plan.definition)
            let path = TemplatesFolder.adoptedPath(of: portal, in: folder)
            try input.copy(to: path)
            Console.say("\(plan.definition.title)'s own template is kept as \(path).")
        }
    }
}
