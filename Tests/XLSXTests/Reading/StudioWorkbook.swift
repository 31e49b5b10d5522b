import Foundation
import Testing

/// A workbook of `Fixtures/studio`, which another program wrote.
struct StudioWorkbook: CustomTestStringConvertible {
    let name: String

    var testDescription: String { name }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Fixtures/studio").standardizedFileURL

    /// By name.
    static let all: [StudioWorkbook] = {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                .filter { $0.hasSuffix(".xlsx") }.map { StudioWorkbook(name: $0) }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    func bytes() throws -> [UInt8] {
        Array(try Data(contentsOf: Self.folder.appending(path: name)))
    }

    func package() throws -> Repackaging { try Repackaging(bytes()) }
}
