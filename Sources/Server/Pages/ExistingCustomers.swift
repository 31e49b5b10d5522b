import Foundation
import Hummingbird
import Ledger
import Portals

// Customers that were there before Rowgate: a file of them is looked at first, and taken once
// somebody has seen what that comes to.
extension Site {
    /// A file that somebody has yet to say yes to: what it is called, and whose it is. It stays as
    /// long as any leftover.
    private struct Offered: Codable {
        let reseller, portal, name: String

        static func path(in folder: String) -> String { "\(folder)/offered.json" }
    }

    /// Takes the portal's own list, or a workbook of customers, which comes in a form, and leads to
    /// what it would come to.
    func receiveExisting(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, definition) = (try context.account, try definition(context))
        let file = try await UploadReceiver(
            request: request, site: self, account: account, folder: incomingFolder(), field: "list"
        ).receive()
        guard let file else { throw PageError(.badRequest, "no_file") }
        do {
            try await adopt(
                try file.namedAsItWas(), countsAt: Self.counts(in: file.folder), definition,
                context, ["--dry-run"])
            let offered = Offered(
                reseller: account.reseller, portal: definition.portal, name: file.name)
            try JSONEncoder().encode(offered).write(
                to: URL(filePath: Offered.path(in: file.folder)), options: .atomic)
        } catch {
            Self.remove(file.folder)
            throw error
        }
        let id = file.folder.split(separator: "/").last ?? ""
        return Self.redirect("/portals/\(definition.portal)/existing/\(id)")
    }

    /// The folder of a file that an address names.
    private func offered(
        _ definition: Definition, _ context: SiteContext
    ) throws -> (folder: String, name: String) {
        let id = context.parameters.get("offer") ?? ""
        let folder = "\(configuration.files.incomingPath)/\(id)"
        guard Secret.isOne(id),
            let bytes = FileManager.default.contents(atPath: Offered.path(in: folder))
        else { throw PageError(.notFound, "offered") }
        let offered = try JSONDecoder().decode(Offered.self, from: bytes)
        guard offered.reseller == (try context.account.reseller),
            offered.portal == definition.portal
        else { throw PageError(.notFound, "offered") }
        return (folder, offered.name)
    }

    private static func counts(in folder: String) -> String { "\(folder)/counts.json" }

    func existingPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try definition(context)
        let (folder, name) = try offered(definition, context)
        let texts = PageTexts.of(context.language)
        let counts = try AdoptedCounts(at: Self.counts(in: folder))
        let isChanged = Form(request.uri.query ?? "")["changed"] == "1"
        let path = "/portals/\(definition.portal)"
        let lines = definition.sheets.compactMap { sheet -> String? in
            let own = counts.sheets.first { $0.sheet == sheet.id }
            guard let list = own?.list(texts), !list.isEmpty else { return nil }
            return texts(
                "existing.sheet", ["sheet": sheet.title.text(in: texts.language), "list": list])
        }
        let count = counts.added + counts.changed
        var values: PageValues = [
            "title": texts("existing.heading"), "name": name, "lines": lines,
            "isEmpty": lines.isEmpty, "isAnything": count + counts.same > 0,
            "hasChanged": counts.changed > 0,
            "changedText": texts("existing.changes", ["count": counts.changed]),
            "problems": counts.problems.map { $0.values(texts) },
            "hasProblems": !counts.problems.isEmpty, "mark": counts.mark,
            "buttonText": texts(
                count > 0 ? "existing.button" : "existing.button_same", ["count": count]),
            "action": "\(path)/existing/\(context.parameters.get("offer") ?? "")",
            "backHref": "\(path)#existing",
            "crumbs": [
                ["text": texts("page.home"), "href": "/"],
                ["text": definition.title, "href": path],
            ],
        ]
        let untoldCount = counts.leftOut - counts.rowsTold
        if untoldCount > 0 {
            values["moreText"] = texts("existing.more_problems", ["count": untoldCount])
        }
        if isChanged {
            values["notice"] = ["text": texts("existing.changed_since"), "isBad": true]
        }
        return pages.page("existing", values, request, context)
    }

    /// Takes a file that somebody has looked at, which is gone then. Where it would come to
    /// something else by now, they look at that.
    func takeExisting(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try definition(context)
        let (folder, name) = try offered(definition, context)
        let (path, file) = (Self.counts(in: folder), "\(folder)/named/\(name)")
        let form = try await Form(request)
        let seen = form["mark"].isEmpty ? try AdoptedCounts(at: path).mark : form["mark"]
        let counts = try await adopt(
            file, countsAt: path, definition, context, ["--approved=\(seen)"])
        guard let counts else {
            _ = try await adopt(file, countsAt: path, definition, context, ["--dry-run"])
            let own = "\(definition.portal)/existing/\(folder.split(separator: "/").last ?? "")"
            return Self.redirect("/portals/\(own)?changed=1")
        }
        Self.remove(folder)
        return Self.redirect("/portals/\(definition.portal)?\(counts.query)")
    }

    /// Makes customers known from a file that came, which is gone then.
    func adopt(
        _ file: UploadReceiver.Received, _ definition: Definition, _ context: SiteContext
    ) async throws -> AdoptedCounts {
        defer { Self.remove(file.folder) }
        let counts = try await adopt(
            try file.namedAsItWas(), countsAt: Self.counts(in: file.folder), definition, context)
        guard let counts else { throw PageError(.internalServerError) }
        return counts
    }

    /// How a command ends that took all of a list, that left some rows out, and that would do
    /// something else than what was approved.
    private static let (took, tookSome, changedSince): (Int32, Int32, Int32) = (0, 1, 3)

    /// - Parameter options: of the command.
    /// - Returns: nil where it would come to something else than what was approved.
    @discardableResult
    private func adopt(
        _ path: String, countsAt counts: String, _ definition: Definition, _ context: SiteContext,
        _ options: [String] = []
    ) async throws -> AdoptedCounts? {
        let account = try context.account
        let done = try await commands.run(
            ["adopt", definition.portal, path, "--counts", counts] + options
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        switch done.status {
        case Self.took, Self.tookSome: return try AdoptedCounts(at: counts)
        case Self.changedSince: return nil
        default: throw done.problem("list")
        }
    }
}

/// How many customers a file makes known.
struct AdoptedCounts: Codable {
    struct OfSheet: Codable {
        let sheet: String
        let added, changed, same, nameless, leftOut: Int

        /// In words: what there is none of is not told.
        func list(_ texts: PageTexts) -> String {
            [
                ("added", added), ("changed", changed), ("same", same), ("nameless", nameless),
                ("left_out", leftOut),
            ]
            .filter { $0.1 > 0 }.map { texts("existing.\($0.0)", ["count": $0.1]) }
            .joined(separator: ", ")
        }
    }

    /// Why a row is left out.
    struct Problem: Codable {
        let code: String
        let row: Int
        /// `B7`
        let place: String
        /// What is wrong and what to do, by language.
        let texts: [String: String]

        func values(_ texts: PageTexts) -> PageValues {
            ["place": place, "text": self.texts[texts.language] ?? ""]
        }
    }

    let added, changed, same, nameless, leftOut: Int
    private(set) var sheets: [OfSheet] = []
    /// The first ones of very many.
    private(set) var problems: [Problem] = []
    /// What tells what it comes to from anything else.
    private(set) var mark = ""

    /// Rows of which the problems tell something. Where tables stand on several sheets, `place`
    /// begins with the sheet's name.
    var rowsTold: Int {
        Set(
            problems.map { problem in
                "\(problem.place.split(separator: "!").dropLast().joined())!\(problem.row)"
            }
        ).count
    }

    /// - Throws: where a command left none.
    init(at path: String) throws {
        self = try JSONDecoder().decode(Self.self, from: try Data(contentsOf: URL(filePath: path)))
    }

    /// As it stands in an address; nil for another.
    init?(_ query: Form) {
        guard let added = Int(query["added"]), let changed = Int(query["changed"]),
            let same = Int(query["same"]), let nameless = Int(query["nameless"])
        else { return nil }
        (self.added, self.changed, self.same, self.nameless) = (added, changed, same, nameless)
        leftOut = Int(query["leftOut"]) ?? 0
    }

    var query: String {
        "added=\(added)&changed=\(changed)&same=\(same)&nameless=\(nameless)&leftOut=\(leftOut)"
    }

    /// In words: what there is none of is not told, but for new ones.
    func text(_ texts: PageTexts) -> String {
        let others = [
            ("changed", changed), ("same", same), ("nameless", nameless), ("left_out", leftOut),
        ]
        return ([("added", added)] + others.filter { $0.1 > 0 }).map {
            texts("notice.adopted_\($0.0)", ["count": $0.1])
        }.joined(separator: " ")
    }
}
