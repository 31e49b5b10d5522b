import Hummingbird
import Ledger
import Mustache

/// What stands on a page, by the names that its template uses.
typealias PageValues = [String: Any]

/// Makes pages of templates.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    /// - Throws: for a template that is none.
    init() throws {
        var library = MustacheLibrary()
        for (path, text) in EmbeddedText.files where path.hasSuffix(".mustache") {
            let name = path.split(separator: "/").last?.dropLast(9) ?? ""
            try library.register(text, named: String(name))
        }
        self.library = library
    }

    /// - Parameter values: what is on it beside what is on every page.
    func page(
        _ template: String, _ values: PageValues, _ request: Request, _ context: SiteContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let texts = PageTexts.of(context.language)
        var page = values
        let other = PageTexts.languages.first { $0 != context.language } ?? context.language
        page["t"] = texts.areas
        page["lang"] = context.language
        page["otherLang"] = other
        page["otherLangName"] = PageTexts.of(other)("page.language_name")
        // Nobody can look at what a button asked for, only at the page that it was on.
        page["path"] =
            request.method == .get ? request.ownAddress : request.pageAddress ?? "/"
        if let account = context.session?.account {
            page["user"] = [
                "name": account.name, "email": account.email, "reseller": account.reseller,
                "isAdmin": account.role >= .admin, "isSiteAdmin": account.role >= .site,
            ]
        }
        let html = library.render(page, withTemplate: template) ?? ""
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

extension PageTexts {
    static func of(_ language: String) -> PageTexts {
        all[language] ?? all["en"] ?? PageTexts(language: language, areas: [:])
    }

    private init(language: String, areas: [String: [String: String]]) {
        self.language = language
        self.areas = areas
    }
}
