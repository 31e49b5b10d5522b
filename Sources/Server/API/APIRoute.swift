import Hummingbird

/// One address for programs, with all that the document says of it.
struct APIRoute: Sendable {
    typealias Handler = @Sendable (Request, SiteContext) async throws -> Response

    /// What all their addresses begin with.
    static let root = "/api/v1"

    /// What a request brings.
    enum Body: Sendable {
        case json([APISchema.Member])
        /// A form with a file (multipart/form-data), and the fields beside it.
        case form([APISchema.Member])
        case file
    }

    /// What is answered when all went well.
    enum Content: Sendable {
        case json(APISchema)
        case file(type: String)
        case events
    }

    /// Something that may stand behind the `?` of an address.
    struct Parameter: Sendable {
        let name: String
        let schema: APISchema
        let text: String

        static let portal = Parameter(name: "portal", schema: .text, text: "Only of this portal.")
        static let key = Parameter(
            name: "Idempotency-Key", schema: .text,
            text: "The same request with the same key is done once, and answered alike, for 24 "
                + "hours.")
        static let page = [
            Parameter(
                name: "limit", schema: .number,
                text: "How many at most, from 1 to \(SiteLimits.pageCountMax)."),
            Parameter(
                name: "after", schema: .text,
                text: "Only what comes behind: `next` of the page before."),
        ]
    }

    let method: HTTPRequest.Method
    /// Behind `root`: `/imports/{import}`.
    let path: String
    /// By which programs that write programs call it.
    let name: String
    let summary: String
    var isOpen = false
    var query: [Parameter] = []
    /// Whether a request may bring an `Idempotency-Key`.
    var isKeyed = false
    var body: Body?
    var status = HTTPResponse.Status.ok
    let content: Content
    /// The statuses of what may go wrong beside what always may.
    var problems: [HTTPResponse.Status] = []
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, _ name: String, _ summary: String,
        isOpen: Bool = false, query: [Parameter] = [], isKeyed: Bool = false, body: Body? = nil,
        status: HTTPResponse.Status = .ok, _ content: Content,
        problems: [HTTPResponse.Status] = [], _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.name = name
        self.summary = summary
        self.isOpen = isOpen
        self.query = query
        self.isKeyed = isKeyed
        self.body = body
        self.status = status
        self.content = content
        self.problems = problems
        self.handler = handler
    }

    /// The names in its path.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast())
        }
    }

    var siteRoute: SiteRoute {
        // The router wants one name for a place, whatever stands there.
        let path = path.replacing("/imports/{portal}", with: "/imports/{import}")
        return SiteRoute(
            method: method, path: RouterPath(stringLiteral: Self.root + path),
            door: isOpen ? .stranger : .program, answer: handler)
    }
}
