import Hummingbird
import Ledger
import Logging
import Workers

/// Turns what keeps a request from being answered into a page that says so.
struct ErrorPages: RouterMiddleware {
    typealias Context = SiteContext

    let site: Site

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as PageError {
            return page(error, request, context)
        } catch let error as LedgerError {
            context.logger.error("\(error.problem) \(error.found)")
            let status: HTTPResponse.Status =
                error.problem == .unknown
                ? .notFound : error.problem == .busy ? .serviceUnavailable : .internalServerError
            return page(PageError(status), request, context)
        } catch let error as WorkerError where error.isShortage {
            context.logger.error("\(error)")
            return page(PageError(.serviceUnavailable), request, context)
        } catch let error as any HTTPResponseError {
            // What no route took, nobody read.
            let refusal = PageError(error.status)
            let isUnread = error.status == .notFound
            return page(isUnread ? refusal.beforeBody : refusal, request, context)
        } catch {
            context.logger.error("\(type(of: error)): \(error)")
            return page(PageError(.internalServerError), request, context)
        }
    }

    private func page(_ error: PageError, _ request: Request, _ context: SiteContext) -> Response {
        let texts = PageTexts.of(context.language)
        let answer =
            request.isOfProgram
            ? APIProblem(error, request, texts).response
            : page(error, texts, request, context)
        if error.isBeforeBody { return answer.lettingPass(request.body) }
        return error.leavesBody ? answer.endingConnection() : answer
    }

    private func page(
        _ error: PageError, _ texts: PageTexts, _ request: Request, _ context: SiteContext
    ) -> Response {
        var values: PageValues = [
            "title": texts("error.\(error.key)_heading"),
            "heading": texts("error.\(error.key)_heading"),
            "sentence": texts("error.\(error.key)", error.arguments),
            "remedy": texts("error.\(error.key)_remedy", error.arguments),
            "homeText": texts("page.home"),
        ]
        // The number of the request, by which the site's administrator finds it in the log.
        if error.status == .internalServerError { values["code"] = context.id }
        let back = request.pageAddress
        if error.status == .unauthorized {
            values["back"] = [
                "href": Site.signInPath(for: back ?? "/"), "text": texts("page.sign_in"),
            ]
        } else if let back, back != request.ownAddress {
            values["back"] = ["href": back, "text": texts("page.back")]
        }
        var page = site.pages.page("message", values, request, context, status: error.status)
        if [.tooManyRequests, .serviceUnavailable].contains(error.status) {
            page.headers[.retryAfter] = "\(error.retrySeconds)"
        }
        return page
    }
}

extension PageError {
    /// Whether the rest of the request is not wanted.
    fileprivate var leavesBody: Bool {
        let codes = [400, 408, 413, 415, 507]
        return codes.contains(status.code) && !["charges", "no_step", "list"].contains(key)
    }
}

extension Response {
    private struct ConnectionEnds: Error {}

    /// The same, after which all that still comes of the request is let go by. Many read no answer
    /// while they send, and a connection that is closed with bytes unread takes the answer along.
    fileprivate func lettingPass(_ rest: RequestBody) -> Response {
        var response = self
        let body = body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            let end = ContinuousClock.now + .seconds(SiteLimits.refusedSeconds)
            for try await _ in rest where ContinuousClock.now > end { throw ConnectionEnds() }
        }
        return response
    }

    /// The same, after which the connection is closed whatever is still to come of the request.
    fileprivate func endingConnection() -> Response {
        var response = self
        let body = body
        response.headers[.connection] = "Close"
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            throw ConnectionEnds()
        }
        return response
    }
}
