import Foundation
import PackagePlugin

/// Turns the data files of a room into Swift source while the package is built, so that the binary
/// carries its own copy: messages for `Catalogue`, definitions for `Portals`.
@main
struct EmbedTextPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let folder =
            switch target.name {
            case "Catalogue": root.appending(path: "Sources/Catalogue/Messages")
            default: root.appending(path: "Templates")
            }
        let inputs = try yamlFiles(under: folder)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) data files of \(target.name)",
                executable: try context.tool(named: "embed-text").url,
                arguments: [folder.path, output.path] + inputs.map(\.path),
                inputFiles: inputs, outputFiles: [output])
        ]
    }

    private func yamlFiles(under folder: URL) throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
    }
}
