import Foundation
import Testing

/// A line of a batch, read again by Foundation.
struct JSONLine {
    let members: [String: Any]

    init(_ line: String) throws {
        members = try #require(
            JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    func text(_ name: String) -> String { members[name] as? String ?? "" }
    func texts(_ name: String) -> [String] { members[name] as? [String] ?? [] }
    var id: String { text("id") }
    var data: [String: String] { members["data"] as? [String: String] ?? [:] }
    var list: [[String: Any]] { members["list"] as? [[String: Any]] ?? [] }
    var sourceRow: Int? { (members["source"] as? [String: Any])?["row"] as? Int }

    /// All that makes an operation the same in two runs. What is done once waits for what is in its
    /// batch.
    var identity: [String] {
        [
            id, text("kind"), text("operation"), "\(texts("key"))",
            sourceRow == nil ? "" : "\(texts("dependsOn"))",
            "\(data.sorted { $0.key < $1.key })", text("idempotencyKey"),
        ]
    }
}
