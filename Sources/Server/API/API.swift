import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Ledger
import Portals

/// The site for programs: the reseller's whole way over the same uploads, batches and lists as the
/// pages.
struct API: Sendable {
    let site: Site

    /// Every address there is; the document is made of them, too.
    var routes: [APIRoute] {
        portalRoutes + importRoutes + changeRoutes + batchRoutes + listRoutes + recordRoutes + [
            APIRoute(
                .get, "/openapi.json", "getDocument", "This document.", isOpen: true,
                .file(type: "application/json"), document),
            APIRoute(
                .get, "/problems/{code}", "getProblem", "What the code of a problem means.",
                isOpen: true, .json(APIProblem.explanation), APIProblem.explain),
        ]
    }

    // MARK: - What requests say

    /// The number of things on a page, as the address says.
    func limit(_ query: Form) throws -> Int {
        let text = query["limit"]
        if text.isEmpty { return SiteLimits.pageCount }
        guard let limit = Int(text), (1...SiteLimits.pageCountMax).contains(limit) else {
            throw PageError(.badRequest, "parameter", ["name": "limit"])
        }
        return limit
    }

    /// A portal to keep to, as the address says; nil for all.
    func portal(_ query: Form) throws -> String? {
        let portal = query["portal"]
        if portal.isEmpty { return nil }
        guard site.configuration.definitions.contains(where: { $0.portal == portal }) else {
            throw PageError(.badRequest, "parameter", ["name": "portal"])
        }
        return portal
    }

    /// What stands in the body of a request, as JSON.
    func body<Value: Decodable>(
        _ type: Value.Type, of request: Request
    ) async throws -> (value: Value, bytes: Data) {
        guard request.mediaType == "application/json" else {
            throw PageError(.unsupportedMediaType, "media", ["type": "application/json"])
        }
        let bytes = Data(
            try await request.bytes(atMost: SiteLimits.jsonSizeMax, else: "json_size"))
        do {
            return (try JSONDecoder().decode(type, from: bytes), bytes)
        } catch is DecodingError {
            throw PageError(.badRequest, "json")
        }
    }

    /// The key that a request has; nil for one without.
    func key(of request: Request) throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name] else {
            return nil
        }
        guard (1...SiteLimits.keySizeMax).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw PageError(.badRequest, "key") }
        return key
    }

    /// What is remembered of a request with a key; nil for one without.
    ///
    /// - Parameter asked: what makes it another request, beside its address.
    func keyed(
        _ request: Request, _ account: Account, asked: some Sequence<UInt8>
    ) throws -> KeyedRequest? {
        let now = site.configuration.now()
        return try key(of: request).map { key in
            KeyedRequest(
                account: account.id, key: key,
                digest: Secret.digest(
                    "\(request.method) \(request.uri.path)\n\(Secret.hex(asked))"),
                time: now, oldest: now - SiteLimits.keySeconds)
        }
    }

    /// What is answered where something is done with an import from now on.
    func told(_ answer: ImportAnswer) -> KeptAnswer {
        KeptAnswer(
            status: HTTPResponse.Status.accepted.code,
            location: "\(APIRoute.root)/imports/\(answer.upload.id)",
            body: JSONWriter.object(answer.write))
    }

    /// What is answered to a change, done now or before.
    func response(_ outcome: UploadChangeOutcome, _ told: KeptAnswer) throws -> Response {
        var told = told
        switch outcome {
        case .done: break
        case .before(let answer): told = answer
        case .late: throw PageError(.conflict, "not_checked")
        case .otherRequest: throw PageError(.unprocessableContent, "key_reused")
        }
        var response = Response(json: told.body, status: .init(code: told.status))
        response.headers[.location] = told.location
        return response
    }
}

extension Request {
    /// `application/json`; empty where nothing says it.
    var mediaType: String {
        let type = (headers[.contentType] ?? "").split(separator: ";").first ?? ""
        return String(type).trimmed.lowercased()
    }
}
