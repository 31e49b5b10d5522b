import ArgumentParser
import Portals

/// `rowgate portals`: which portals are known.
struct PortalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portals", abstract: "Shows the portals that are known.")

    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) {
            let folder = TemplatesFolder(path: common.templatesFolder)
            for definition in try folder.definitions() {
                let sheets = definition.sheets.map { $0.title.text(in: common.lang) }
                    .joined(separator: ", ")
                var line = "\(definition.portal)\t\(definition.title)\t\(sheets)"
                if folder.adoptedTemplate(of: definition.portal) != nil {
                    line += "\tthe portal's own template is adopted"
                }
                try Console.print(line)
            }
        }
    }
}
