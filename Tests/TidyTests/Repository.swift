import Foundation

/// The checkout these tests stand in, as text.
enum Repository {
    /// The folder with `Package.swift`: this file is three levels below it.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file under `Sources` and `Tests`, by path; read once.
    static let swiftFiles = Result {
        try ["Sources", "Tests"].flatMap(paths(under:))
            .filter { $0.hasSuffix(".swift") }
            .map { SourceFile(path: $0, text: try text(of: $0)) }
    }

    /// The text of the file at `path`, which is relative to the root.
    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names in a folder that are folders themselves, sorted.
    static func folders(in path: String) throws -> [String] {
        try FileManager.default
            .contentsOfDirectory(
                at: root.appending(path: path), includingPropertiesForKeys: [.isDirectoryKey]
            )
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent)
            .sorted()
    }

    private static func paths(under folder: String) throws -> [String] {
        try FileManager.default
            .subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .map { "\(folder)/\($0)" }
            .sorted()
    }
}
