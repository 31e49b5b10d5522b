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

    /// - Throws: `PageError` for one that is too large, or too slow.
    init(_ request: Request) async throws {
        let bytes = try await request.bytes(atMost: SiteLimits.formSizeMax)
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    /// The first field of a name; empty for none.
    subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// The number of a page, from 1; 1 for what is none.
    var pageNumber: Int { pageNumber(of: "page") }

    /// The same of a list among several.
    func pageNumber(of list: String) -> Int {
        min(max(1, Int(self[list]) ?? 1), SiteLimits.pageNumberMax)
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func decoded(_ text: some StringProtocol) -> String {
        let spaced = String(text.map { $0 == "+" ? " " : $0 })
        return spaced.removingPercentEncoding ?? spaced
    }
}

extension Request {
    /// A small body as a whole.
    ///
    /// - Parameter key: of the texts for one that is too large.
    /// - Throws: `PageError` for one that is too large, or too slow.
    func bytes(atMost sizeMax: Int, else key: String? = nil) async throws -> [UInt8] {
        let clock = BodyClock()
        var bytes: [UInt8] = []
        do {
            for try await piece in body {
                guard bytes.count + piece.readableBytes <= sizeMax else {
                    throw PageError(.contentTooLarge, key)
                }
                bytes += piece.readableBytesView
                try clock.check(bytes.count)
            }
        } catch let error where !(error is PageError) {
            // It broke off, or its chunks are none.
            throw PageError(.badRequest, "form")
        }
        return bytes
    }
}
