import Foundation
import Glibc
import Hummingbird
import Ledger
import Portals
import Validation

extension Site {
    func definition(_ context: SiteContext) throws -> Definition {
        try definition(context.parameters.get("portal") ?? "")
    }

    func portalPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, definition) = (try context.account, try definition(context))
        let texts = PageTexts.of(context.language)
        let scope = LedgerScope(reseller: account.reseller, portal: definition.portal)
        let query = Form(request.uri.query ?? "")
        let countMax = SiteLimits.uploadsPerPage
        let (number, uploads, lists, counts) = try await Blocking.run { [ledger] in
            let uploads = { (first: Int, countMax: Int) in
                try ledger.uploads(
                    of: scope.reseller, portal: scope.portal, before: nil, skipping: first,
                    countMax: countMax)
            }
            let number = try PageNumber.shown(query.pageNumber, each: countMax) {
                try !uploads($0, 1).isEmpty
            }
            return (
                number, try uploads((number - 1) * countMax, countMax + 1),
                try ledger.lists(in: scope), try ledger.recordCounts(in: scope)
            )
        }
        let limits = try await limits(of: account.reseller)
        let heads = heads(of: uploads)
        let rows = uploads.prefix(countMax).map { row($0, heads[$0.id], texts) }
        let path = "/portals/\(definition.portal)"
        var values: PageValues = [
            "title": definition.title,
            "portal": ["id": definition.portal, "title": definition.title],
            "templateHref": "\(path)/template.xlsx", "uploadAction": "\(path)/uploads",
            "customersHref": "\(path)/customers.xlsx",
            "sheets": Self.sheets(of: definition, counts, texts),
            "sizeMaxText": texts("portal.size_max", ["size": texts.size(limits.sizeMax)]),
            "uploads": rows, "hasUploads": !rows.isEmpty,
            "lists": self.lists(definition, lists, texts),
            "hasLists": !definition.directories.isEmpty,
            "takesInvoice": definition.ofInvoice != nil,
            "crumbs": [["text": texts("page.home"), "href": "/"]],
        ]
        if definition.comparison != nil { values["compareAction"] = "\(path)/compare" }
        values["portalLink"] = Self.portalLink(
            try await self.definition(definition.portal, for: account.reseller), texts)
        if account.role >= .admin { values["settingsHref"] = "\(path)/settings" }
        if counts.values.contains(where: { $0 > 0 }) {
            values["withCustomersHref"] = "\(path)/customers.xlsx"
        }
        if definition.sheetNamed(byAnyOf: Set(lists.map(\.directory))) != nil {
            values["filledTemplateHref"] = "\(path)/filled-template.xlsx"
        }
        if number > 1 { values["previousHref"] = "\(path)?page=\(number - 1)#past" }
        if uploads.count > countMax { values["nextHref"] = "\(path)?page=\(number + 1)#past" }
        values["existingAction"] = "\(path)/existing"
        if let count = Int(query["loaded"]) {
            values["notice"] = ["text": texts("notice.list_loaded", ["count": count])]
        } else if let counts = AdoptedCounts(query) {
            values["notice"] = ["text": counts.text(texts)]
        }
        return pages.page("portal", values, request, context)
    }

    private func lists(
        _ definition: Definition, _ lists: [RememberedList], _ texts: PageTexts
    ) -> [PageValues] {
        definition.directories.map { directory in
            var values: PageValues = [
                "title": directory.title.text(in: texts.language),
                "action": "/portals/\(definition.portal)/lists/\(directory.id)",
            ]
            values["howText"] = texts(
                "portal.list_how_text", ["list": directory.title.text(in: texts.language)])
            let list = lists.first { $0.directory == directory.id }
            values["isMissing"] = list == nil
            if let list {
                values["isOld"] = (days(since: list.stamp) ?? 0) > 7
                values["loadedText"] = texts(
                    "portal.list_loaded",
                    [
                        "count": list.count,
                        "date": String(list.stamp.time.prefix(10)),
                        "source": list.source,
                    ])
            } else {
                values["loadedText"] = texts("portal.list_missing")
            }
            return values
        }
    }

    // MARK: - Workbooks made for somebody

    /// The blank workbook, with this reseller's names to choose from.
    func template(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await template(definition(context), context)
    }

    func template(_ definition: Definition, _ context: SiteContext) async throws -> Response {
        let folder = try Self.temporaryFolder()
        defer { Self.remove(folder) }
        return try await made(
            try await templateArguments(definition, in: folder, context), in: folder,
            as: "\(definition.portal).xlsx")
    }

    /// What makes a workbook of this reseller's lists and settings, which are put in a folder.
    private func templateArguments(
        _ definition: Definition, in folder: String, _ context: SiteContext
    ) async throws -> [String] {
        let account = try context.account
        var arguments = [
            "template", "make", definition.portal, "-o", "\(folder)/made.xlsx", "--lang",
            context.language,
        ]
        let scope = LedgerScope(reseller: account.reseller, portal: definition.portal)
        let lists = try await Blocking.run { [ledger] in try ledger.lists(in: scope) }
        for list in lists {
            let path = "\(folder)/\(list.directory).txt"
            try Data(list.names.joined(separator: "\n").utf8).write(to: URL(filePath: path))
            arguments += ["--list", "\(list.directory)=\(path)"]
        }
        if let settings = try await rememberedSettings(of: definition, for: account.reseller) {
            let path = "\(folder)/settings.yaml"
            try Data(settings.text.utf8).write(to: URL(filePath: path))
            arguments += ["--settings", path]
        }
        return arguments
    }

    /// Customers as rows, to change and upload again.
    func customers(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await customers(definition(context), context)
    }

    func customers(_ definition: Definition, _ context: SiteContext) async throws -> Response {
        let folder = try Self.temporaryFolder()
        defer { Self.remove(folder) }
        return try await made(
            try export(definition, to: "\(folder)/made.xlsx", context), in: folder,
            as: "\(definition.portal)-customers.xlsx")
    }

    private func export(
        _ definition: Definition, to path: String, _ context: SiteContext
    ) throws -> [String] {
        let account = try context.account
        return ["export", definition.portal, "-o", path]
            + commands.memory(of: account.reseller, by: account.email, in: context.language)
    }

    /// The workbook with a row for each name of a list that is no customer yet.
    func filledTemplate(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try definition(context)
        let scope = LedgerScope(reseller: try context.account.reseller, portal: definition.portal)
        let (lists, counts) = try await Blocking.run { [ledger] in
            (try ledger.lists(in: scope), try ledger.recordCounts(in: scope))
        }
        guard definition.sheetNamed(byAnyOf: Set(lists.map(\.directory))) != nil else {
            throw PageError(.notFound)
        }
        let folder = try Self.temporaryFolder()
        defer { Self.remove(folder) }
        var arguments = try await templateArguments(definition, in: folder, context) + ["--fill"]
        if counts.values.contains(where: { $0 > 0 }) {
            let known = "\(folder)/known.xlsx"
            let done = try await commands.run(try export(definition, to: known, context))
            guard done.status == 0 else { throw PageError(.internalServerError) }
            arguments += ["--existing", known]
        }
        return try await made(
            arguments, in: folder, as: "\(definition.portal)-new-customers.xlsx")
    }

    private func made(
        _ arguments: [String], in folder: String, as name: String
    ) async throws -> Response {
        let done = try await commands.run(arguments)
        guard done.status == 0,
            let bytes = FileManager.default.contents(atPath: "\(folder)/made.xlsx")
        else { throw PageError(.internalServerError) }
        return Self.download(bytes, name: name)
    }

    static func download(_ bytes: Data, name: String) -> Response {
        let types = [
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "json": "application/json", "jsonl": "application/jsonl",
            "txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8",
            "yaml": "application/yaml; charset=utf-8", "csv": "text/csv; charset=utf-8",
        ]
        let type = types[String(name.split(separator: ".").last ?? "")]
        // Names are ours, or letters that cannot end the quotes.
        let plain = name.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_. ".contains($0))
        }
        let all = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? plain
        return Response(
            status: .ok,
            headers: [
                .contentType: type ?? "application/octet-stream", .cacheControl: "no-store",
                .contentDisposition:
                    "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(all)",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func temporaryFolder() throws -> String {
        let path = "\(NSTemporaryDirectory())/rowgate-\(Secret.random())"
        guard mkdir(path, 0o700) == 0 else { throw PageError(.noSpace) }
        return path
    }

    static func remove(_ folder: String) {
        for name in (FileManager.default.subpaths(atPath: folder) ?? []).reversed() {
            // `remove` takes files and empty folders.
            Glibc.remove("\(folder)/\(name)")
        }
        Glibc.remove(folder)
    }

    // MARK: - Files that come

    func receiveUpload(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, definition) = (try context.account, try definition(context))
        let id = String(Secret.random().prefix(32))
        let file = try await UploadReceiver(
            request: request, site: self, account: account,
            folder: configuration.uploadFolder(id), field: "workbook", isForDesk: true
        ).receive()
        guard let file else { throw PageError(.badRequest, "no_file") }
        let earlier = Form(request.uri.query ?? "")["after"]
        let upload = SiteUpload(
            id: id, reseller: account.reseller, portal: definition.portal,
            workbookName: file.name, stamp: stamp(account), language: context.language,
            predecessor: earlier.isEmpty ? nil : earlier)
        _ = try await make(.add(upload))
        return Self.redirect("/uploads/\(id)")
    }

    func receiveList(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, directory) = try list(context)
        let file = try await UploadReceiver(
            request: request, site: self, account: context.account, folder: incomingFolder(),
            field: "list"
        ).receive()
        guard let file else { throw PageError(.badRequest, "no_file") }
        let list = try await load(file, as: directory.id, definition, context)
        return Self.redirect("/portals/\(definition.portal)?loaded=\(list.count)")
    }

    /// The list that an address names.
    func list(_ context: SiteContext) throws -> (Definition, DirectoryDefinition) {
        let definition = try definition(context)
        let id = context.parameters.get("list")
        guard let directory = definition.directories.first(where: { $0.id == id }) else {
            throw PageError(.notFound)
        }
        return (definition, directory)
    }

    /// Where a file comes that is not kept.
    func incomingFolder() -> String { "\(configuration.files.incomingPath)/\(Secret.random())" }

    /// Loads a list from a file that came, which is gone then.
    func load(
        _ file: UploadReceiver.Received, as list: String, _ definition: Definition,
        _ context: SiteContext
    ) async throws -> RememberedList {
        defer { Self.remove(file.folder) }
        let account = try context.account
        let named = try file.namedAsItWas()
        let done = try await commands.run(
            ["directory", "load", definition.portal, named, "--list", list]
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        guard done.status == 0 else {
            throw done.problem("list")
        }
        let scope = LedgerScope(reseller: account.reseller, portal: definition.portal)
        let loaded = try await Blocking.run { [ledger] in
            try ledger.lists(in: scope).first { $0.directory == list }
        }
        guard let loaded else { throw PageError(.internalServerError) }
        return loaded
    }
}
