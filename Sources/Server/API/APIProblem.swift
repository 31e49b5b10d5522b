import Hummingbird
import JSON

/// Why a program is not answered (RFC 9457).
struct APIProblem: APIAnswer {
    static let name = "Problem"
    static let type = "application/problem+json"
    static let members: [APISchema.Member] = [
        .init("type", .text), .init("title", .text), .init("status", .number),
        .init("detail", .text), .init("instance", .text), .init("code", .text),
        .init("remedy", .text),
    ]

    let status: HTTPResponse.Status
    /// Of its texts, as of a page's.
    let key: String
    let arguments: [String: String]
    /// After which the same may be tried again.
    let retrySeconds: Int
    /// The path that was asked for.
    let instance: String
    let texts: PageTexts

    init(_ error: PageError, _ request: Request, _ texts: PageTexts) {
        status = error.status
        key = error.key
        arguments = error.arguments
        retrySeconds = error.retrySeconds
        instance = request.uri.path
        self.texts = texts
    }

    /// A problem that is only told of.
    private init?(key: String, _ request: Request, _ texts: PageTexts) {
        guard texts.areas["error"]?["\(key)_heading"] != nil else { return nil }
        self.init(PageError(.ok, key), request, texts)
    }

    /// Stable, whatever its sentences become.
    private var code: String { "request.\(key)" }

    private func text(_ part: String) -> String { texts("error.\(key)\(part)", arguments) }

    func write(to json: inout JSONWriter) {
        json.member("type", "\(APIRoute.root)/problems/\(code)")
        json.member("title", text("_heading"))
        json.member("status", status.code)
        json.member("detail", text(""))
        json.member("instance", instance)
        json.member("code", code)
        json.member("remedy", text("_remedy"))
    }

    var response: Response {
        var response = Response(
            json: JSONWriter.object(write), type: Self.type, status: status)
        switch status {
        case .unauthorized: response.headers[.wwwAuthenticate] = "Bearer realm=\"Rowgate\""
        case .tooManyRequests, .serviceUnavailable:
            response.headers[.retryAfter] = "\(retrySeconds)"
        default: break
        }
        return response
    }

    // MARK: - Where its type leads

    /// What a code means, for people who follow a problem's type.
    static func explain(_ request: Request, _ context: SiteContext) throws -> Response {
        let code = context.parameters.get("code") ?? ""
        let texts = PageTexts.of(context.language)
        guard code.hasPrefix("request."),
            let problem = APIProblem(
                key: String(code.dropFirst("request.".count)), request, texts)
        else { throw PageError(.notFound) }
        return Response(
            json: JSONWriter.object { json in
                json.member("code", code)
                json.member("title", problem.text("_heading"))
                json.member("detail", problem.text(""))
                json.member("remedy", problem.text("_remedy"))
            })
    }

    static let explanation: APISchema = .object([
        .init("code", .text), .init("title", .text), .init("detail", .text),
        .init("remedy", .text),
    ])
}
