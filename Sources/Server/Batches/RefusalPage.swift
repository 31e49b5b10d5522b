import Foundation
import Hummingbird
import Ledger
import Portals
import Validation

extension Site {
    /// What goes along with steps that a portal refuses, before anybody says so; it asks for the
    /// portal's words.
    func refusalPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, steps) = try await batch(context)
        let form = Form(request.uri.query ?? "")
        let chosen = Self.chosen(form, among: steps)
        let texts = PageTexts.of(context.language)
        if chosen.isEmpty { return Self.redirect("/batches/\(entry.id)?none=1") }
        let portal = try definition(entry.portal).title
        let path = "/batches/\(entry.id)"
        let title = texts("page.batch", ["number": "\(entry.id)"])
        var values: PageValues = [
            "title": texts("refusal.heading", ["portal": portal]), "batchHref": path,
            "batchText": title, "upload": entry.workbookName, "action": "\(path)/steps",
            "steps": chosen.map { "\($0.sequence)" },
            "note": form["note"], "wordsText": texts("refusal.words", ["portal": portal]),
            "hintText": texts("refusal.words_hint", ["portal": portal]),
            "crumbs": [
                ["text": texts("page.home"), "href": "/"], ["text": title, "href": path],
            ],
        ]
        let own = try await definition(entry.portal, for: context.account.reseller)
        let words = StepWords(definition: own, texts: texts)
        let shown = chosen.prefix(SiteLimits.stepsShownMax)
        values["names"] = shown.map { words.name($0) }
        if chosen.count > shown.count {
            values["moreText"] = texts(
                "refusal.more", ["count": chosen.count - shown.count])
        }
        let lines = try await refusalLines(of: chosen, steps, entry, own, context)
        values["lines"] = lines
        values["digest"] = Self.digest(of: lines)
        if form["changed"] == "1" { values["changedText"] = texts("undo.changed") }
        return pages.page("refusal", values, request, context)
    }

    /// Whether somebody has seen what goes along with a refusal by now; what no page of ours sent
    /// says nothing of it.
    func hasSeenRefusal(
        _ form: Form, _ entry: AttemptEntry, _ steps: [OperationEntry], _ context: SiteContext
    ) async throws -> Bool {
        let chosen = Self.chosen(form, among: steps)
        if form["digest"].isEmpty || chosen.isEmpty { return true }
        let own = try await definition(entry.portal, for: context.account.reseller)
        let lines = try await refusalLines(of: chosen, steps, entry, own, context)
        return form["digest"] == Self.digest(of: lines)
    }

    static func chosen(_ form: Form, among steps: [OperationEntry]) -> [OperationEntry] {
        let wanted = Set(form.all("step"))
        return steps.filter { wanted.contains("\($0.sequence)") }
    }

    private static func digest(of lines: [String]) -> String {
        Secret.hex(Secret.digest(lines.joined(separator: "\n")))
    }

    /// A line for each thing.
    private func refusalLines(
        of chosen: [OperationEntry], _ steps: [OperationEntry], _ entry: AttemptEntry,
        _ definition: Definition, _ context: SiteContext
    ) async throws -> [String] {
        let scope = LedgerScope(
            reseller: try context.account.reseller, portal: definition.portal)
        let texts = PageTexts.of(context.language)
        return try await Blocking.run { [ledger] in
            let plan = try ledger.refusal(
                of: Set(chosen.map(\.sequence)), in: entry.id, ValidationPlan(for: definition),
                in: scope)
            let blockedCount = try BatchSteps.blockedCount(
                among: steps, by: plan.sequences,
                BatchLines(
                    folder: entry.folder,
                    Set(steps.filter(\.state.isOpen).map(\.sequence))))
            return RefusalWords(definition: definition, texts: texts)
                .lines(plan, blockedCount: blockedCount)
        }
    }
}

/// What a refusal brings with it, in words.
struct RefusalWords {
    let definition: Definition
    let texts: PageTexts

    /// - Parameter blockedCount: the steps that can't be done then.
    func lines(_ plan: RefusalPlan, blockedCount: Int) -> [String] {
        var lines: [String] = []
        if plan.rowCount == 0 {
            lines.append(texts("refusal.stays"))
        } else {
            lines.append(
                texts(
                    "refusal.back", ["count": plan.rowCount, "portal": definition.title]))
        }
        let resting = definition.sheets.compactMap { sheet in
            plan.made[sheet.id].map { count in
                let noun = count == 1 ? sheet.noun : sheet.nouns
                return "\(count) \(noun.text(in: texts.language))"
            }
        }
        if let last = resting.last {
            let list =
                resting.count == 1
                ? last
                : texts(
                    "refusal.and",
                    ["first": resting.dropLast().joined(separator: ", "), "last": last])
            lines.append(
                texts(
                    "refusal.rests",
                    ["list": list, "count": plan.made.values.reduce(0, +)]))
        }
        if plan.laterCount > 0 {
            lines.append(texts("refusal.later", ["count": plan.laterCount]))
        }
        if plan.stepCount > 0 { lines.append(texts("refusal.steps", ["count": plan.stepCount])) }
        if blockedCount > 0 { lines.append(texts("refusal.blocked", ["count": blockedCount])) }
        if plan.rowCount > 0 { lines.append(texts("refusal.again")) }
        return lines
    }
}
