import Foundation
import Hummingbird
import Ledger
import Portals
import Validation

extension Site {
    private func form(
        _ request: Request, _ context: SiteContext, _ asked: Form
    ) async throws -> RecordForm {
        var form = try await recordForm(
            context, action: context.parameters.get("action") ?? asked["action"])
        let place = Form(request.uri.query ?? "")["of"]
        form.parent = try await parent(
            FormOrigin.Parent(place), form.view, try context.account.reseller)
        return form
    }

    /// The form that an address names.
    ///
    /// - Parameter slug: of what is asked for; empty: of the first that may be.
    func recordForm(
        _ context: SiteContext, action slug: String
    ) async throws -> RecordForm {
        let view = try await recordSheet(context)
        guard context.parameters.get("record") != nil else {
            let action = view.firstActions.first { $0.slug == slug || slug.isEmpty }
            guard let action else { throw PageError(.notFound) }
            return RecordForm(view: view, action: action, record: nil)
        }
        let record = try await record(view, context)
        let action = view.laterActions.first { $0.slug == slug }
        guard let action, record.standing.isKnown else { throw PageError(.notFound) }
        return RecordForm(view: view, action: action, record: record)
    }

    func recordFormPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = Form(request.uri.query ?? "")
        let form = try await form(request, context, asked)
        return try await page(form, form.record == nil ? asked : nil, request, context)
    }

    private func page(
        _ form: RecordForm, _ typed: Form?, _ request: Request, _ context: SiteContext,
        error: String? = nil
    ) async throws -> Response {
        var form = form
        form.choices = try await choices(form, try context.account)
        var values = form.values(typed, error: error)
        let view = form.view
        values["crumbs"] = [
            ["text": view.texts("page.home"), "href": "/"],
            ["text": view.definition.title, "href": "/portals/\(view.definition.portal)"],
            ["text": view.title, "href": view.path],
        ]
        return pages.page(
            "record-form", values, request, context,
            status: error == nil ? .ok : .unprocessableContent)
    }

    /// Sends what somebody filled in the way of every upload.
    func takeRecordForm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try context.account
        let typed = try await Form(request)
        let form = try await form(request, context, typed)
        guard let upload = try await upload(of: form, typed, by: account) else {
            return try await page(
                form, typed, request, context, error: form.view.texts("records.blank"))
        }
        _ = try await make(.add(upload))
        try await waitForCheck(of: upload)
        return Self.redirect("/uploads/\(upload.id)")
    }

    /// What somebody filled in as an upload, whose workbook is safe on the disk; nobody knows of it
    /// yet.
    ///
    /// - Returns: nil where nothing was filled in.
    func upload(
        of form: RecordForm, _ typed: Form, by account: Account
    ) async throws -> SiteUpload? {
        guard let row = form.row(typed) else { return nil }
        let limits = try await limits(of: account.reseller)
        guard await desk.waitingCount(of: account.reseller) < limits[.waiting] else {
            throw PageError(.tooManyRequests)
        }
        let name = form.fileName(typed)
        let bytes = try row.workbook(title: name)
        let id = String(Secret.random().prefix(32))
        let folder = UploadFolder(path: configuration.uploadFolder(id))
        let portal = form.view.definition.portal
        let origin = FormOrigin(form)
        let earlier = try await Blocking.run { [ledger] () -> SiteUpload? in
            try folder.keep(bytes)
            try origin.keep(in: folder.path)
            // Sent once more after somebody went back to it.
            return try ledger.openUploads(
                of: account.reseller, skipping: 0, countMax: SiteLimits.listCountMax
            )
            .first {
                $0.state == .judged && $0.portal == portal && $0.workbookName == name
                    && $0.stamp.actor == account.email
            }
        }
        return SiteUpload(
            id: id, reseller: account.reseller, portal: portal, workbookName: name,
            stamp: stamp(account), language: form.view.texts.language, predecessor: earlier?.id)
    }

    /// One row is checked at once, unless others are before it: most people need not look at how
    /// far it is.
    private func waitForCheck(of upload: SiteUpload) async throws {
        let end = ContinuousClock.now + .seconds(SiteLimits.formWaitSeconds)
        while ContinuousClock.now < end {
            let state = try await Blocking.run { [ledger] in
                try ledger.upload(upload.id, of: upload.reseller)?.state
            }
            guard state == .waiting || state == .checking else { return }
            try await Task.sleep(for: .milliseconds(SiteLimits.formPollMilliseconds))
        }
    }

    /// What somebody chooses from in fields of a form.
    private func choices(
        _ form: RecordForm, _ account: Account
    ) async throws -> [Int: FieldChoices] {
        let view = form.view
        let scope = LedgerScope(reseller: account.reseller, portal: view.definition.portal)
        return try await Blocking.run { [ledger] in
            let lists = try ledger.lists(in: scope)
            var choices: [Int: FieldChoices] = [:]
            for index in form.editable {
                choices[index] = try FieldChoices.of(index, view, lists) {
                    try ledger.records($0, of: view.definition, in: scope).entries
                }
            }
            return choices
        }
    }
}
