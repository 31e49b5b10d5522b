import Foundation
import Hummingbird
import Ledger
import Portals
import Validation

extension Site {
    /// The record that an address names, of whoever asks.
    func record(_ view: RecordSheet, _ context: SiteContext) async throws -> RecordEntry {
        let (account, id) = (try context.account, context.parameters.get("record") ?? "")
        let scope = LedgerScope(reseller: account.reseller, portal: view.definition.portal)
        let entry = try await Blocking.run { [ledger] in
            try ledger.record(id, ofSheet: view.sheet, of: view.definition, in: scope)
        }
        guard let entry else { throw PageError(.notFound) }
        return entry
    }

    func recordPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let view = try await recordSheet(context)
        let entry = try await record(view, context)
        let scope = LedgerScope(
            reseller: try context.account.reseller, portal: view.definition.portal)
        let families = RecordFamily.all(of: view.sheet, in: view.definition)
        let most = SiteLimits.recordsPerPage
        let (events, lines, children) = try await Blocking.run { [self] in
            let events = try ledger.history(
                ofRecord: entry.id, view.sheet, in: scope, countMax: SiteLimits.listCountMax)
            let steps = events.flatMap { event in
                event.steps.map { (batch: event.origin.attempt, step: $0) }
            }
            return (
                events, try batchLines(steps, of: scope.reseller),
                try families.map {
                    try ledger.children(
                        ofRecord: entry.id, $0, of: view.definition, in: scope, countMax: most)
                }
            )
        }
        let path = "\(view.path)/\(entry.id)"
        let name = view.name(of: entry.values)
        let live = liveCounts(zip(families, children).map { ($0, $1.count) }, entry, view)
        var values: PageValues = [
            "title": name, "name": name, "noun": view.noun,
            "fields": view.sheet.fields.indices.map { field -> PageValues in
                let value = live[field] ?? view.shown(entry.values, field)
                var told: PageValues = [
                    "title": view.title(ofField: field), "value": value,
                    "isBlank": value.isEmpty,
                ]
                if live[field] != nil { return told }
                told["help"] = view.sheet.fields[field].prompt?.text(in: view.texts.language)
                return told
            },
            "events": events.map { event($0, lines[$0.origin.attempt], view) },
            "families": zip(families, children).map { self.family($0, $1, entry, view) },
            "links": links(to: entry, view, besides: families),
            "crumbs": [
                ["text": view.texts("page.home"), "href": "/"],
                [
                    "text": view.definition.title,
                    "href": "/portals/\(view.definition.portal)",
                ],
                ["text": view.title, "href": view.path],
            ],
        ]
        if entry.standing.isKnown {
            values["actions"] = view.laterActions.map {
                ["text": view.laterTitle(of: $0), "href": "\(path)/\($0.slug)"]
            }
            values["portalLink"] = view.portalLink(to: entry.values)
        }
        values.merge(view.standing(entry.standing)) { $1 }
        values["notice"] = try await formNotice(
            Form(request.uri.query ?? ""), try context.account, view.texts)
        return pages.page("record", values, request, context)
    }

    /// By field, how many refer to a record; nothing where there may be more.
    private func liveCounts(
        _ families: [(family: RecordFamily, count: Int)], _ entry: RecordEntry,
        _ view: RecordSheet
    ) -> [Int: String] {
        var counts: [Int: String] = [:]
        for (family, count) in families where count < SiteLimits.recordsPerPage {
            let isTold = count > 0 || entry.knowsLinks || !family.isOfLinks
            if isTold, let field = view.fieldCounting(family) { counts[field] = "\(count)" }
        }
        return counts
    }

    private func event(
        _ event: RecordEvent, _ lines: BatchLines?, _ view: RecordSheet
    ) -> PageValues {
        let isCalledOff = event.steps.contains { $0.state == .takenBack }
        let end = event.isTakenBack ? isCalledOff ? "_called_off" : "_back" : ""
        let kind =
            event.origin.isAdopted && event.kind == .created ? "known" : "\(event.kind)\(end)"
        let before = event.before.sorted { $0.key < $1.key }.map { field, value in
            let shown = view.sheet.fields[field].shown(value, in: view.texts.language)
            return view.texts(
                shown.isEmpty ? "records.was_blank" : "records.was",
                ["column": view.title(ofField: field), "value": shown])
        }
        var values: PageValues = [
            "text": view.texts("records.\(kind)"), "before": before, "hasBefore": !before.isEmpty,
            "steps": event.steps.map { view.step($0, lines?[$0.sequence]) },
            "hasSteps": !event.steps.isEmpty,
        ]
        values.merge(view.origin(event.origin)) { $1 }
        return values
    }

    // MARK: - What belongs to it

    private func family(
        _ family: RecordFamily, _ children: [RecordEntry], _ parent: RecordEntry,
        _ view: RecordSheet
    ) -> PageValues {
        let child = view.other(view.definition.sheets[family.sheet])
        let query = prefilled(child, for: parent, of: view)
        let first = child.firstActions.first ?? .create
        let isUntold = family.isOfLinks && !parent.knowsLinks
        // Of a contact's `Hosts`, what is listed are rooms.
        let joined = view.definition.sheets.filter { children.first?.joined[$0.id] != nil }
        let listed = joined.map { child.other($0).title }.joined(separator: ", ")
        return [
            "id": child.sheet.id, "hasRows": !children.isEmpty,
            "title": listed.isEmpty ? child.title : "\(child.title): \(listed)",
            "rows": children.map { entry in
                let told =
                    family.isOfLinks
                    ? link(entry, family, child)
                    : [
                        "name": child.name(of: entry.values),
                        "href": "\(child.path)/\(entry.id)",
                    ]
                return told.merging(child.standing(entry.standing)) { own, _ in own }
            },
            "isUntold": isUntold, "isEmpty": children.isEmpty && !isUntold,
            "isCut": children.count == SiteLimits.recordsPerPage,
            "allHref": "\(child.path)?query=\(Self.escaped(view.name(of: parent.values)))",
            "newHref": "\(child.newPath(first))?\(query)", "newText": child.heading(first),
        ]
    }

    /// What a record is linked to, with what may be asked for it and for the link.
    private func link(
        _ entry: RecordEntry, _ family: RecordFamily, _ child: RecordSheet
    ) -> PageValues {
        let (name, notes) = child.name(ofLink: entry.values, besides: family.by)
        let path = "\(child.path)/\(entry.id)"
        var values: PageValues = ["name": name, "href": path]
        if !notes.isEmpty { values["notes"] = notes }
        var actions: [PageValues] = []
        for sheet in child.definition.sheets {
            guard let id = entry.joined[sheet.id] else { continue }
            let other = child.other(sheet)
            values["href"] = "\(other.path)/\(id)"
            guard sheet.actions.contains(.update) else { continue }
            let update = Action.update
            actions.append([
                "text": other.heading(update), "href": "\(other.path)/\(id)/\(update.slug)",
            ])
        }
        for action in child.laterActions where action != .link {
            actions.append(["text": child.title(of: action), "href": "\(path)/\(action.slug)"])
        }
        values["actions"] = actions
        values["hasActions"] = !actions.isEmpty
        return values
    }

    /// What rows of other sheets may ask for with it, but for what stands beside a family: link a
    /// contact, invite somebody.
    private func links(
        to entry: RecordEntry, _ view: RecordSheet, besides families: [RecordFamily]
    ) -> [PageValues] {
        view.definition.sheets.enumerated().flatMap { index, sheet -> [PageValues] in
            if sheet.makesRecords { return [] }
            let child = view.other(sheet)
            let query = prefilled(child, for: entry, of: view)
            if query.isEmpty { return [] }
            let isFamily = families.contains { $0.sheet == index }
            return child.firstActions.dropFirst(isFamily ? 1 : 0).map { action in
                [
                    "text": child.heading(action),
                    "href": "\(child.path)/new?action=\(action.slug)&\(query)",
                ]
            }
        }
    }

    /// The fields of a form that refer to it, and where it leads back to; empty where none does.
    private func prefilled(
        _ child: RecordSheet, for parent: RecordEntry, of view: RecordSheet
    ) -> String {
        let reference = child.sheet.fields.lazy.compactMap {
            child.sheet.reference(ofField: $0.id)
        }.first { $0.sheets.contains(view.sheet.id) }
        guard let reference else { return "" }
        let fields = zip(reference.by, reference.to ?? view.sheet.key).compactMap {
            by, to -> String? in
            guard let field = view.sheet.fieldIndex(to), let value = parent.values[field] else {
                return nil
            }
            return "\(RecordForm.name(of: by))=\(Self.escaped(value))"
        }
        if fields.isEmpty { return "" }
        return (fields + ["of=\(view.sheet.id)/\(parent.id)"]).joined(separator: "&")
    }
}
