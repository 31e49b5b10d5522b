import Foundation
import PackagePlugin

/// Turns the data files of a room into Swift source while the package is built, so that the binary
/// carries its own copy: messages for `Catalogue`, tables for `Countries`,
/// Definitions for `Portals`, pages with their texts and looks for `Server`.
@main
struct EmbedTextPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let (folder, kinds) =
            switch target.name {
            case "Catalogue": ("Sources/Catalogue/Messages", ["yaml"])
            case "Countries": ("Sources/Countries/Tables", ["tab", "tsv"])
            case "Server": ("Sources/Server", ["css", "js", "mustache", "svg", "txt", "yaml"])
            default: ("Templates", ["yaml"])
            }
        let root = context.package.directoryURL.appending(path: folder)
        let inputs = try files(under: root, of: kinds)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) data files of \(target.name)",
                executable: try context.tool(named: "embed-text").url,
                arguments: [root.path, output.path] + inputs.map(\.path),
                inputFiles: inputs, outputFiles: [output])
        ]
    }

    private func files(under folder: URL, of kinds: [String]) throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.sorted().map { folder.appending(path: $0) }
            .filter { kinds.contains($0.pathExtension) }
    }
}
