import Foundation
import Hummingbird

/// The fields of a form (application/x-www-form-urlencoded, URL Standard 5.1), or of a query.
struct Form: Sendable {
    private let fields: [(name: String, value: String)]

    init(_ text: some StringProtocol) {
        fields = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    init(fields: [(name: String, value: String)]) { self.fields = fields }

    /// - Throws: `PageError` for one that is too large.
    init(_ request: Request) async throws {
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: SiteLimits.formSizeMax)
        } catch {
            throw PageError(.contentTooLarge)
        }
        self.init(String(buffer: bytes))
    }

    /// The first field of a name; empty for none.
    subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// The number of a page, from 1; 1 for what is none.
    var pageNumber: Int { min(max(1, Int(self["page"]) ?? 1), SiteLimits.pageNumberMax) }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func decoded(_ text: some StringProtocol) -> String {
        let spaced = String(text.map { $0 == "+" ? " " : $0 })
        return spaced.removingPercentEncoding ?? spaced
    }
}
