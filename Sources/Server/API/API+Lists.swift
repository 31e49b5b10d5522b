import Hummingbird
import JSON
import Ledger
import Portals

// Lists of names that exist elsewhere.
extension API {
    var listRoutes: [APIRoute] {
        [
            APIRoute(
                .get, "/lists", "listLists", "The lists that names are looked up in.",
                query: [.portal], .json(APIPage<ListAnswer>.schema), listLists),
            APIRoute(
                .put, "/lists/{portal}/{list}", "putList",
                "Puts a list, which is the whole body, in the place of an earlier one.",
                query: [.fileName], body: .file, .json(.named(ListAnswer.name)), putList),
            APIRoute(
                .put, "/portals/{portal}/customers", "putCustomers",
                "Makes customers known that exist already: the list is the whole body.",
                query: [.fileName], body: .file, .json(.named(AdoptionAnswer.name)),
                putCustomers),
        ]
    }

    func listLists(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try context.account
        let portal = try portal(Form(request.uri.query ?? ""))
        let definitions = site.configuration.definitions.filter {
            portal == nil || $0.portal == portal
        }
        let lists = try await Blocking.run { [ledger = site.ledger] in
            try definitions.flatMap { definition in
                let loaded = try ledger.lists(
                    in: LedgerScope(reseller: account.reseller, portal: definition.portal))
                return definition.directories.map { directory in
                    ListAnswer(
                        portal: definition.portal, directory: directory,
                        loaded: loaded.first { $0.directory == directory.id },
                        language: context.language)
                }
            }
        }
        return Response(APIPage(lists, next: nil))
    }

    func putList(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, directory) = try site.list(context)
        let file = try await receiveList(request, context)
        let loaded = try await site.load(file, as: directory.id, definition, context)
        return Response(
            ListAnswer(
                portal: definition.portal, directory: directory, loaded: loaded,
                language: context.language))
    }

    func putCustomers(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try site.definition(context)
        let file = try await receiveList(request, context)
        return Response(
            AdoptionAnswer(
                counts: try await site.adopt(file, definition, context),
                language: context.language))
    }

    /// Takes a list that is the whole body. Its name, or else its type, tells how it is read.
    func receiveList(
        _ request: Request, _ context: SiteContext
    ) async throws -> UploadReceiver.Received {
        let types = [
            "text/csv": "list.csv", "text/plain": "list.txt",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "list.xlsx",
        ]
        let name = Form(request.uri.query ?? "")["name"]
        guard let known = name.isEmpty ? types[request.mediaType] : name else {
            throw PageError(
                .unsupportedMediaType, "media",
                ["type": types.keys.sorted().joined(separator: ", ")]
            )
        }
        return try await UploadReceiver(
            request: request, site: site, account: context.account,
            folder: site.incomingFolder(), field: "file"
        ).receiveFile(named: known)
    }
}

extension APIRoute.Parameter {
    static let fileName = APIRoute.Parameter(
        name: "name", schema: .text,
        text: "What the file is called: its ending says how it is read, where the type does not.")
}

/// How many customers a list made known, as programs are told.
struct AdoptionAnswer: APIAnswer {
    static let name = "Adoption"
    static let members: [APISchema.Member] =
        ["added", "changed", "same", "nameless", "leftOut"].map { .init($0, .number) }
        + [
            .init(
                "problems",
                .list(
                    .object([
                        .init("code", .text), .init("row", .number), .init("place", .text),
                        .init("text", .text),
                    ])))
        ]

    let counts: AdoptedCounts
    /// In which a program is told why rows are left out.
    let language: String

    func write(to json: inout JSONWriter) {
        json.member("added", counts.added)
        json.member("changed", counts.changed)
        json.member("same", counts.same)
        json.member("nameless", counts.nameless)
        json.member("leftOut", counts.leftOut)
        json.list("problems", counts.problems) { json, problem in
            json.member("code", problem.code)
            json.member("row", problem.row)
            json.member("place", problem.place)
            json.member("text", problem.texts[language] ?? "")
        }
    }
}

/// A list, as programs are told of it.
struct ListAnswer: APIAnswer {
    static let name = "List"
    static let members: [APISchema.Member] = [
        .init("portal", .text), .init("list", .text), .init("title", .text),
        .init("needed", .flag), .init("count", .optional(.number)),
        .init("source", .optional(.text)), .init("by", .optional(.text)),
        .init("time", .optional(.time)),
    ]

    let portal: String
    let directory: DirectoryDefinition
    /// Nil: nobody has loaded it yet.
    let loaded: RememberedList?
    let language: String

    func write(to json: inout JSONWriter) {
        json.member("portal", portal)
        json.member("list", directory.id)
        json.member("title", directory.title.text(in: language))
        json.member("needed", directory.isNeeded)
        json.member("count", number: loaded?.count)
        json.member("source", loaded?.source)
        json.member("by", loaded?.stamp.actor)
        json.member("time", loaded?.stamp.time)
    }
}
