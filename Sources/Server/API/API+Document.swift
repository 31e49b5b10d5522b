import Hummingbird
import JSON

// The document that says what there is (OpenAPI 3.1), made of the same routes as the router.
extension API {
    private static let components: [any APIAnswer.Type] = [
        APIProblem.self, PortalAnswer.self, ImportAnswer.self, FindingAnswer.self,
        BatchAnswer.self, OperationAnswer.self, ListAnswer.self, AdoptionAnswer.self,
        RecordAnswer.self,
    ]

    func document(_ request: Request, _ context: SiteContext) -> Response {
        Response(json: documentText)
    }

    var documentText: String {
        var json = JSONWriter()
        json.beginObject()
        json.member("openapi", "3.1.0")
        json.object("info") { json in
            json.member("title", "Rowgate")
            json.member("version", "1")
            json.member(
                "description",
                "From a workbook of new customers to what is done at a portal. Programs are let in "
                    + "with a token that somebody makes on the page \"Tokens\".")
            json.object("license") {
                $0.member("name", "Apache-2.0")
                $0.member("identifier", "Apache-2.0")
            }
        }
        json.list("servers", [APIRoute.root]) { $0.member("url", $1) }
        json.list("security", ["token"]) { $0.texts($1, []) }
        json.object("paths", writePaths)
        json.object("components") { json in
            json.object("securitySchemes") { json in
                json.object("token") {
                    $0.member("type", "http")
                    $0.member("scheme", "bearer")
                }
            }
            json.object("schemas") { json in
                for component in Self.components {
                    json.key(component.name)
                    APISchema.object(component.members).write(to: &json)
                }
            }
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func writePaths(to json: inout JSONWriter) {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path) { paths.append(route.path) }
        for path in paths {
            json.object(path) { json in
                for route in routes where route.path == path {
                    json.object(route.method.rawValue.lowercased(), route.write)
                }
            }
        }
    }
}

extension APIRoute {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("operationId", name)
        json.member("summary", summary)
        if isOpen {
            json.key("security")
            json.beginArray()
            json.endArray()
        }
        writeParameters(to: &json)
        if let body { write(body, to: &json) }
        json.object("responses") { json in
            json.object("\(status.code)") { json in
                json.member("description", status.reasonPhrase)
                write(content, to: &json)
            }
            for problem in allProblems {
                json.object("\(problem.code)") { json in
                    json.member("description", problem.reasonPhrase)
                    json.content(APIProblem.type, .named(APIProblem.name))
                }
            }
        }
    }

    /// What may go wrong, each once.
    private var allProblems: [HTTPResponse.Status] {
        var all = problems
        if !isOpen { all.append(.unauthorized) }
        if !pathParameters.isEmpty { all.append(.notFound) }
        if !query.isEmpty || body != nil { all.append(.badRequest) }
        switch body {
        case .json: all += [.contentTooLarge, .unsupportedMediaType]
        case .form, .file:
            all += [
                .requestTimeout, .contentTooLarge, .unsupportedMediaType, .serviceUnavailable,
                .noSpace,
            ]
        case nil: break
        }
        if isKeyed { all += [.conflict, .unprocessableContent] }
        var seen: Set<Int> = []
        return all.sorted { $0.code < $1.code }.filter { seen.insert($0.code).inserted }
    }

    private func writeParameters(to json: inout JSONWriter) {
        var all = pathParameters.map { name in
            (place: "path", parameter: Parameter(name: name, schema: .text, text: ""))
        }
        all += query.map { (place: "query", parameter: $0) }
        if isKeyed { all.append((place: "header", parameter: .key)) }
        if all.isEmpty { return }
        json.list("parameters", all) { json, one in
            json.member("in", one.place)
            json.member("name", one.parameter.name)
            if one.place == "path" { json.member("required", true) }
            if !one.parameter.text.isEmpty { json.member("description", one.parameter.text) }
            json.key("schema")
            one.parameter.schema.write(to: &json)
        }
    }

    private func write(_ body: Body, to json: inout JSONWriter) {
        json.object("requestBody") { json in
            json.member("required", true)
            switch body {
            case .json(let members): json.content("application/json", .object(members))
            case .form(let members): json.content("multipart/form-data", .object(members))
            case .file: json.content("application/octet-stream", nil)
            }
        }
    }

    private func write(_ content: Content, to json: inout JSONWriter) {
        switch content {
        case .json(let schema): json.content("application/json", schema)
        case .file(let type): json.content(type, nil)
        case .events: json.content("text/event-stream", .text)
        }
    }
}

extension JSONWriter {
    /// What something looks like that comes as one type. Nil: bytes, or whatever it is.
    fileprivate mutating func content(_ type: String, _ schema: APISchema?) {
        object("content") { json in
            json.object(type) { json in
                guard let schema else { return }
                json.key("schema")
                schema.write(to: &json)
            }
        }
    }
}
