import HTTPTypes
import Hummingbird
import Ledger
import NIOCore

/// What is known of a request beside itself.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The machine it came from.
    let machine: Machine
    /// Nil for a stranger.
    var session: Session?
    /// In whose name a program asks; nil for one that nobody let in.
    var program: Account?
    /// What stands in the session's cookie.
    var secret = ""
    var language = "en"

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        machine = Machine(source.channel.remoteAddress)
    }

    /// Who asks.
    ///
    /// - Throws: `PageError` for a stranger.
    var account: Account {
        get throws {
            guard let account = session?.account ?? program else {
                throw PageError(.unauthorized)
            }
            return account
        }
    }
}

/// Ends a request with a page that says why.
struct PageError: Error {
    let status: HTTPResponse.Status
    /// Of its texts: `not_found`.
    let key: String
    let arguments: [String: String]
    /// Seconds after which the same may be tried again, where that is known.
    var retrySeconds = SiteLimits.retrySeconds
    /// Whether nothing was read of the request's body, which may still come.
    private(set) var isBeforeBody = false

    init(_ status: HTTPResponse.Status, _ key: String? = nil, _ arguments: [String: String] = [:]) {
        self.status = status
        // Of a file too large where nobody's limits are known.
        let max = ["max": "\(SiteLimits.uploadSizeMax >> 20)"]
        self.arguments = max.merging(arguments) { $1 }
        self.key =
            key
            ?? {
                switch status {
                case .notFound: "not_found"
                case .unauthorized: "signed_out"
                case .forbidden: "forbidden"
                case .contentTooLarge: "too_large"
                case .requestTimeout: "slow"
                case .tooManyRequests, .serviceUnavailable: "busy"
                case .noSpace: "full"
                default: "ours"
                }
            }()
    }

    /// Of a file that is larger than its sender may hand in.
    init(tooLargeFor limits: UploadLimits) {
        self.init(.contentTooLarge, nil, ["max": "\(limits[.size])"])
    }

    /// Where as many workbooks came of somebody's company as come within an hour.
    ///
    /// - Parameter wait: seconds until another one may.
    init(fullHourOf limits: UploadLimits, wait: Int) {
        self.init(
            .tooManyRequests, "hourly",
            ["max": "\(limits[.hourly])", "count": "\((wait + 59) / 60)"])
        retrySeconds = wait
        isBeforeBody = true
    }

    /// The same, where nothing was read of the request's body.
    var beforeBody: PageError {
        var error = self
        error.isBeforeBody = true
        return error
    }
}

extension Request {
    /// What was asked for: path and query.
    var ownAddress: String { uri.path + (uri.query.map { "?\($0)" } ?? "") }

    /// The address of the page of this site on which somebody pressed a button; nil where the
    /// browser does not say, or it was another site's.
    var pageAddress: String? {
        guard let field = HTTPField.Name("Referer"), let text = headers[field],
            let host = head.authority
        else { return nil }
        for scheme in ["http", "https"] where text.hasPrefix("\(scheme)://\(host)/") {
            let address = String(text.dropFirst("\(scheme)://\(host)".count))
            return address.isOwnAddress ? address : nil
        }
        return nil
    }

    /// Whether it is for the addresses of programs, where nobody's cookies count.
    var isOfProgram: Bool { uri.path.hasPrefix("/api/") }
}

extension String {
    /// Whether it is an address of this site, and of no other: browsers take a backslash for a
    /// slash and pass over controls (URL Standard, 4.4).
    var isOwnAddress: Bool {
        hasPrefix("/") && !hasPrefix("//")
            && unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\\" && $0.value != 0x7F }
    }
}

extension HTTPResponse.Status {
    /// The disk is full (RFC 4918, 11.5).
    static var noSpace: HTTPResponse.Status {
        .init(code: 507, reasonPhrase: "Insufficient Storage")
    }
}
