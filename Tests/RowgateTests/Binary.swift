import Foundation
import Testing

/// The built `rowgate`, run as a person runs it.
enum Binary {
    struct Result {
        var status: Int32
        /// Standard output, the data.
        var output: String
        /// Standard error, what is said.
        var said: String
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static let good = "\(root)/Fixtures/studio/good.xlsx"
    static let domains = "\(root)/Fixtures/studio/domains.csv"

    /// `rowgate` stands beside the test bundle; `ROWGATE` names another one.
    private static var path: URL {
        if let named = ProcessInfo.processInfo.environment["ROWGATE"] {
            return URL(
                filePath: named, relativeTo: URL(filePath: root, directoryHint: .isDirectory))
        }
        return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "rowgate")
    }

    static func run(
        _ arguments: String..., templates: String? = nil, input: String = "/dev/null"
    ) throws -> Result {
        try run(arguments: arguments, templates: templates, input: input)
    }

    /// - Parameters:
    ///   - templates: `ROWGATE_TEMPLATES`.
    ///   - input: a file for standard input.
    static func run(
        arguments: [String], templates: String? = nil, input: String = "/dev/null"
    ) throws -> Result {
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["ROWGATE_TEMPLATES"] = templates
        process.environment = environment
        let (output, said) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, said)
        let handle = try FileHandle(forReadingFrom: URL(filePath: input))
        process.standardInput = handle
        try process.run()
        // What is said is short and waits in its pipe; data may be longer than a pipe.
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        let words = try said.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
            said: String(decoding: words, as: UTF8.self))
    }
}

/// A new folder for a test, removed when the test is over.
struct TestFolder: ~Copyable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "rowgate-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // What the system keeps, it clears away by itself.
        }
    }

    /// Everything in it, sorted.
    var names: [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ text: String) throws {
        let url = URL(filePath: path(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
}
