import Foundation
import Testing

@testable import Portals

struct EmbeddedTests {
    @Test(arguments: Definitions.embeddedPortals)
    func `the build carries what the file says`(portal: String) throws {
        let embedded = try #require(
            EmbeddedText.files.first { $0.path == "\(portal)/portal.yaml" }?.text)
        #expect(try Value(embedded: embedded) == Value(yaml: yaml(of: portal), file: portal))
    }

    private func yaml(of portal: String, file: String = #filePath) throws -> String {
        let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Templates/\(portal)/portal.yaml"), encoding: .utf8)
    }
}
