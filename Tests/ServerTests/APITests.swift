import Foundation
import Hummingbird
import Ledger
import NIOCore
import Testing

@testable import Server

/// What programs ask a site for.
@Suite struct APITests {
    private let site: Site
    private let folder: String

    init() throws {
        folder = "\(NSTemporaryDirectory())/api-\(Secret.random().prefix(16))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let configuration = SiteConfiguration(
            folder: folder, executable: "/nowhere", definitions: [], now: { 0 },
            timestamp: { "2026-11-22T14:00:00Z" })
        site = try Site(
            configuration, try SQLiteLedger(path: configuration.files.ledgerPath, .making))
    }

    private struct Document: Decodable {
        struct Operation: Decodable {
            let operationId: String
        }
        let openapi: String
        let paths: [String: [String: Operation]]
    }

    @Test func `every address for programs is in the document, and nothing else is`() throws {
        defer { Site.remove(folder) }
        let body = try #require(API(site: site).documentText.data(using: .utf8))
        let document = try JSONDecoder().decode(Document.self, from: body)
        let told = document.paths.flatMap { path, methods in
            methods.keys.map { Self.nameless("\($0.uppercased()) /api/v1\(path)") }
        }
        let routes = site.routes.map { "\($0.method.rawValue) \($0.path.description)" }
            .filter { $0.contains(" /api/") }.map(Self.nameless)
        #expect(Set(told) == Set(routes))
        #expect(told.count == routes.count)
        #expect(document.openapi == "3.1.0")
        let names = document.paths.values.flatMap { $0.values.map(\.operationId) }
        #expect(Set(names).count == names.count)
    }

    private static func nameless(_ path: String) -> String {
        path.replacing(#/\{\w+\}/#, with: "{}")
    }

    @Test func `only what tells nothing of anybody is open`() {
        defer { Site.remove(folder) }
        let open = API(site: site).routes.filter(\.isOpen).map(\.path)
        #expect(open == ["/openapi.json", "/problems/{code}"])
        #expect(
            site.routes.filter { $0.path.description.hasPrefix("/api/") }.count { route in
                if case .program = route.door { return false }
                return true
            } == open.count)
    }

    @Test(arguments: [
        ("", 50), ("limit=1", 1), ("limit=500", 500), ("limit=0", nil), ("limit=501", nil),
        ("limit=-1", nil), ("limit=a", nil), ("limit=99999999999999999999", nil),
    ])
    func `a page has as many as is asked for, within limits`(query: String, count: Int?) {
        defer { Site.remove(folder) }
        let limit = Result { try API(site: site).limit(Form(query)) }
        guard case .success(let found) = limit else { return #expect(count == nil) }
        #expect(found == count)
    }

    @Test func `streams are bounded for each reseller and for all, and given back`() {
        defer { Site.remove(folder) }
        let streams = EventStreams()
        var places = (0..<SiteLimits.streamsOfResellerMax).map { _ in streams.enter("one") }
        #expect(places.allSatisfy { $0 != nil })
        #expect(streams.enter("one") == nil)
        #expect(streams.enter("two") != nil)
        places.removeLast()
        #expect(streams.enter("one") != nil)
        var all: [EventStreams.Place?] = []
        for number in 0..<(2 * SiteLimits.streamCountMax) { all.append(streams.enter("\(number)")) }
        #expect(places.count + all.count { $0 != nil } == SiteLimits.streamCountMax)
    }

    @Test func `tokens are long, and none is another`() {
        defer { Site.remove(folder) }
        let tokens = Set((0..<100).map { _ in Secret.token() })
        #expect(tokens.count == 100)
        for token in tokens { #expect(token.wholeMatch(of: #/rg_[A-Za-z0-9_-]{43}/#) != nil) }
    }
}
