import Hummingbird
import JSON
import Ledger
import ServiceLifecycle

// How far an import is, told as it goes (HTML Standard, 9.2: server-sent events).
extension API {
    private static let lookMilliseconds = 250

    func followImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (upload, account) = (try await upload(context), try context.account)
        guard let place = site.streams.enter(account.reseller) else {
            throw PageError(.tooManyRequests)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                // It is given back with this closure, whether that was called or not.
                defer { withExtendedLifetime(place) {} }
                try await follow(upload, account, context, &writer)
                try await writer.finish(nil)
            })
    }

    /// Until nothing is under way for it, the server ends, or nobody listens any more.
    private func follow(
        _ upload: SiteUpload, _ account: Account, _ context: SiteContext,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        let start = ContinuousClock.now
        var (last, said) = ("", start)
        while start.duration(to: .now) < .seconds(SiteLimits.streamSeconds) {
            let upload = try await site.upload(upload.id, of: account)
            let answer = try await answer(upload, context)
            let now = JSONWriter.object(answer.write)
            if now != last {
                let event = upload.isBusy ? "progress" : "end"
                try await writer.write(
                    ByteBuffer(string: "event: \(event)\ndata: \(now)\n\n"))
                (last, said) = (now, .now)
            } else if said.duration(to: .now) > .seconds(SiteLimits.streamPauseSeconds) {
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
                said = .now
            }
            if !upload.isBusy || Task.isShuttingDownGracefully { return }
            try await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
        }
    }
}
