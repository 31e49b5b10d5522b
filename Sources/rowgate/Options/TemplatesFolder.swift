import Foundation
import Portals

/// The folder that holds Definitions and adopted templates, over the copies in the binary.
struct TemplatesFolder {
    /// Nil: the binary's own copies alone.
    let path: String?

    init(path: String?) { self.path = path }

    /// - Parameter option: what somebody said; nil: `ROWGATE_TEMPLATES` may.
    init(named option: String?) {
        let named = ProcessInfo.processInfo.environment["ROWGATE_TEMPLATES"]
        path = option ?? (named == "" ? nil : named)
    }

    func definitions() throws -> [Definition] { try source().all() }

    /// The Definitions in the folder, and those of the binary that it lacks.
    func source() throws -> DefinitionSource {
        guard let path else { return DefinitionSource() }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw UsageError("There is no folder “\(path)” for --templates.") }
        return DefinitionSource(folder: path, portals: portals(in: path)) { file in
            FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The portal's own template, if one was adopted.
    func adoptedTemplate(of portal: String) -> String? {
        guard let path else { return nil }
        let file = Self.adoptedPath(of: portal, in: path)
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    static func adoptedPath(of portal: String, in folder: String) -> String {
        "\(folder)/\(portal)/adopted.xlsx"
    }

    private func portals(in path: String) -> [String] {
        let names = FileManager.default.subpaths(atPath: path) ?? []
        return names.filter { $0.hasSuffix("/portal.yaml") }.map { String($0.dropLast(12)) }
            .sorted()
    }
}
