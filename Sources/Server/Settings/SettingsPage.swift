import Foundation
import Hummingbird
import Ledger
import Portals
import Validation

extension Site {
    /// What a portal's settings are, with what is remembered of them.
    private struct Known {
        let form: SettingsForm
        let limits: UploadLimits
        let remembered: RememberedSettings?
        /// What keeps the remembered ones from holding; nil: nothing.
        let fault: DefinitionError?

        /// What stands for having seen them.
        var digest: String { remembered?.sha256 ?? "-" }
    }

    func settingsPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let known = try await known(context)
        return page(known, known.form, request, context)
    }

    private func known(_ context: SiteContext) async throws -> Known {
        let (account, definition) = (try context.account, try definition(context))
        let remembered = try await rememberedSettings(of: definition, for: account.reseller)
        let limits = try await limits(of: account.reseller)
        let texts = PageTexts.of(context.language)
        let form = { (definition: Definition, settings: Settings) in
            SettingsForm(definition, settings, texts, keptDayCountMax: limits[.days])
        }
        do throws(DefinitionError) {
            let settings = try settings(of: definition, remembered)
            return Known(
                form: form(definition, settings), limits: limits, remembered: remembered,
                fault: nil)
        } catch {
            return Known(
                form: form(definition, definition.settings), limits: limits,
                remembered: remembered, fault: error)
        }
    }

    private func page(
        _ known: Known, _ form: SettingsForm, _ request: Request, _ context: SiteContext
    ) -> Response {
        let (definition, texts) = (form.definition, form.texts)
        let path = "/portals/\(definition.portal)"
        var values: PageValues = [
            "title": texts("settings.title", ["portal": definition.title]),
            "settings": form.values, "digest": known.digest,
            "yamlHref": "\(path)/settings.yaml", "backHref": path,
            "limits": told(known.limits, texts),
            "holds": definition.holds(by: form.settings).map {
                $0.message.text(in: texts.language)
            },
            "problems": form.summary, "hasProblems": !form.problems.isEmpty,
            "crumbs": [
                ["text": texts("page.home"), "href": "/"],
                ["text": definition.title, "href": path],
            ],
        ]
        if let remembered = known.remembered {
            values["changedText"] = texts(
                "settings.changed",
                ["time": Self.when(remembered.stamp), "who": remembered.stamp.actor])
        }
        if let fault = known.fault {
            values["faultText"] = texts("settings.unreadable", ["fault": "\(fault)"])
        }
        if Form(request.uri.query ?? "")["saved"] == "1" {
            values["notice"] = ["text": texts("settings.saved")]
        }
        return pages.page(
            "settings", values, request, context,
            status: form.problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func told(_ limits: UploadLimits, _ texts: PageTexts) -> [String] {
        [
            texts("settings.limit_size", ["size": texts.size(limits.sizeMax)]),
            texts("settings.limit_rows", ["count": limits[.rows]]),
            texts("settings.limit_waiting", ["count": limits[.waiting]]),
            texts("settings.limit_hourly", ["count": limits[.hourly]]),
            texts("settings.limit_at_once", ["count": configuration.workerCountMax]),
            texts("settings.limit_days", ["count": limits[.days]]),
        ]
    }

    /// Puts what somebody typed in the place of the settings, as the command does that loads them.
    func saveSettings(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, typed) = (try context.account, try await Form(request))
        let known = try await known(context)
        var form = known.form
        form.take(typed)
        if form.problems.isEmpty, typed["digest"] != known.digest {
            form.add(.init(place: "", text: form.texts("settings.others_saved")))
        }
        if form.problems.isEmpty {
            let portal = form.definition.portal
            let yaml = try form.typed().yaml(besides: form.definition.settings)
            guard let said = try await load(yaml, portal, account, context) else {
                return Self.redirect("/portals/\(portal)/settings?saved=1#content")
            }
            form.add(.init(place: "", text: said))
        }
        return page(known, form, request, context)
    }

    /// - Returns: nil when they hold; else what the command said against them.
    private func load(
        _ yaml: String, _ portal: String, _ account: Account, _ context: SiteContext
    ) async throws -> String? {
        let folder = try Self.temporaryFolder()
        defer { Self.remove(folder) }
        let path = "\(folder)/settings.yaml"
        try Data(yaml.utf8).write(to: URL(filePath: path))
        let done = try await commands.run(
            ["settings", "load", portal, path]
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        return done.status == 0 ? nil : done.said
    }

    /// The settings as a file, to keep or to change by other means.
    func settingsFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        let known = try await known(context)
        let definition = known.form.definition
        let text = known.remembered?.text ?? definition.settings.yaml
        return Self.download(Data(text.utf8), name: "\(definition.portal)-settings.yaml")
    }

    // MARK: - What holds for a reseller

    func rememberedSettings(
        of definition: Definition, for reseller: String
    ) async throws -> RememberedSettings? {
        try await Blocking.run { [ledger] in
            try ledger.settings(of: reseller).first { $0.portal == definition.portal }
        }
    }

    /// The Definition's settings with what is remembered in their place.
    func settings(
        of definition: Definition, _ remembered: RememberedSettings?
    ) throws(DefinitionError) -> Settings {
        guard let remembered else { return definition.settings }
        return try definition.settings.changed(
            byYAML: remembered.text, file: remembered.source, portal: definition.portal,
            portals: configuration.definitions.map(\.portal))
    }

    /// Leads to a portal; nil where nobody knows where that is.
    static func portalLink(_ definition: Definition, _ texts: PageTexts) -> PageValues? {
        definition.link?.address(with: definition.settings).map {
            ["href": $0, "text": texts("records.open_portal", ["portal": definition.title])]
        }
    }

    /// A Definition as a reseller's settings make it; as it is where they can't be read any more.
    func definition(_ portal: String, for reseller: String) async throws -> Definition {
        var definition = try definition(portal)
        let remembered = try await rememberedSettings(of: definition, for: reseller)
        do throws(DefinitionError) {
            let settings = try settings(of: definition, remembered)
            definition.settings = settings
            return try definition.adding(columnsOf: settings)
        } catch {
            return definition
        }
    }
}
