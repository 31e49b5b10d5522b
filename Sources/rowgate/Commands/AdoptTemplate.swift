import ArgumentParser
import Foundation
import Gate
import Glibc
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
        try Failure.reporting(in: common.lang) {
            guard let folder = common.templatesFolder else {
                throw UsageError(
                    "Say where the template is kept: --templates DIR, or ROWGATE_TEMPLATES.")
            }
            // A folder that is still to be made holds no portals.
            let isThere = FileManager.default.fileExists(atPath: folder)
            let portals = TemplatesFolder(path: isThere ? folder : nil)
            let plan = try Gate(try portals.definitions()).plan(ofPortal: portal)
            let input = try InputFile(openingWorkbook: file)
            _ = try PortalTemplate(input, of: plan.definition)
            let path = TemplatesFolder.adoptedPath(of: portal, in: folder)
            // What can't be made is told by writing the file.
            mkdir(folder, 0o777)
            mkdir("\(folder)/\(portal)", 0o777)
            try input.copy(to: path)
            Console.say("\(plan.definition.title)'s own template is kept as \(path).")
        }
    }
}
