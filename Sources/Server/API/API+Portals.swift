import Hummingbird
import JSON
import Ledger
import Portals

// Portals, and the workbooks to fill in for them.
extension API {
    private static let workbook = APIRoute.Content.file(
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    var portalRoutes: [APIRoute] {
        [
            APIRoute(
                .get, "/portals", "listPortals", "The portals that are known.",
                .json(APIPage<PortalAnswer>.schema), listPortals),
            APIRoute(
                .get, "/portals/{portal}", "getPortal", "A portal: its sheets and their columns.",
                .json(.named(PortalAnswer.name)), getPortal),
            APIRoute(
                .get, "/portals/{portal}/template", "getTemplate",
                "The workbook to fill in, with the names of your lists to choose from.",
                query: [
                    .init(
                        name: "filled", schema: .flag,
                        text: "With the customers that are known, to change and send again.")
                ], Self.workbook, getTemplate),
        ]
    }

    func listPortals(_ request: Request, _ context: SiteContext) throws -> Response {
        let definitions = site.configuration.definitions
        return Response(
            APIPage(definitions, countMax: definitions.count, cursor: \.portal) {
                PortalAnswer(definition: $0, language: context.language)
            })
    }

    func getPortal(_ request: Request, _ context: SiteContext) throws -> Response {
        Response(
            PortalAnswer(
                definition: try site.definition(context), language: context.language))
    }

    func getTemplate(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try site.definition(context)
        let filled = Form(request.uri.query ?? "")["filled"]
        guard ["", "true", "false"].contains(filled) else {
            throw PageError(.badRequest, "parameter", ["name": "filled"])
        }
        if filled == "true" { return try await site.customers(definition, context) }
        return try await site.template(definition, context)
    }
}

/// A portal, as programs are told of it.
struct PortalAnswer: APIAnswer {
    static let name = "Portal"
    static let members: [APISchema.Member] = [
        .init("portal", .text), .init("title", .text), .init("version", .number),
        .init(
            "sheets",
            .list(
                .object([
                    .init("sheet", .text), .init("title", .text),
                    .init(
                        "columns", .list(.object([.init("column", .text), .init("title", .text)]))),
                ]))),
    ]

    let definition: Definition
    let language: String

    func write(to json: inout JSONWriter) {
        json.member("portal", definition.portal)
        json.member("title", definition.title)
        json.member("version", definition.version)
        json.list("sheets", definition.sheets) { json, sheet in
            json.member("sheet", sheet.id)
            json.member("title", sheet.title.text(in: language))
            json.list("columns", sheet.fields) { json, field in
                json.member("column", field.id)
                json.member("title", field.title.text(in: language))
            }
        }
    }
}
