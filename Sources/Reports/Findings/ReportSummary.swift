import Catalogue
import Portals
import Validation

/// What a report says about a workbook as a whole, in the words people use.
struct ReportSummary {
    private let facts: ReportFacts
    private let messages: Messages

    init(_ facts: ReportFacts, messages: Messages) {
        self.facts = facts
        self.messages = messages
    }

    /// The workbook's name.
    var name: String {
        facts.workbookName.map(MessageText.shown) ?? messages.fragment("report.no_name")
    }

    /// "25 rows ready, 12 rows to fix, 3 blank"; for a file that was not judged, that it was not.
    var counts: String {
        guard facts.judged != nil else { return messages.fragment("report.not_checked") }
        let counts = facts.counts
        let always = [("ready", counts.accepted), ("to_fix", counts.rejected)]
        let others = [
            ("unchanged", counts.unchanged), ("left_out", counts.leftOut),
            ("blank", counts.blank), ("hidden", counts.hidden),
        ]
        return (always + others.filter { $0.1 > 0 })
            .map { count("report.\($0.0)", $0.1) }
            .joined(separator: messages.fragment("list.separator"))
    }

    private func count(_ id: String, _ count: Int, _ others: [String: String] = [:]) -> String {
        messages.fragment(id, others.merging(["count": "\(count)"]) { $1 })
    }

    // MARK: Effects

    /// What will be done and what it costs, a line each; none when nothing will be done.
    var effects: [String] {
        let effects = facts.effects
        if effects.changes.isEmpty && effects.paid.isEmpty && effects.mails.isEmpty { return [] }
        return changes + money + effects.trials.map(trial) + mails
    }

    /// "Companies: 2 added, 1 changed", a line for each sheet.
    private var changes: [String] {
        let sheets = facts.definition?.sheets ?? []
        return sheets.compactMap { sheet in
            let own = facts.effects.changes.filter { $0.sheet == sheet.id }.compactMap { change in
                change.action.effect.map { count("effects.\($0)", change.count) }
            }
            if own.isEmpty { return nil }
            return messages.fragment(
                "effects.sheet",
                [
                    "sheet": sheet.title.text(in: messages.language),
                    "list": own.joined(separator: messages.fragment("list.separator")),
                ])
        }
    }

    private var money: [String] {
        let effects = facts.effects
        if effects.paid.isEmpty {
            let isFree = effects.added > 0 && effects.trials.isEmpty
            return isFree ? [messages.fragment("effects.free")] : []
        }
        return [count("effects.paid", effects.paidCount) + ":"] + effects.paid.map(paid)
    }

    /// "  2 × Gold, 12.50 GBP a month each, 25.00 GBP a month together"
    private func paid(_ package: PaidPackage) -> String {
        let name = count("effects.package", package.count, ["package": package.name])
        guard let price = package.price, let sum = package.sum else {
            return "  \(name), \(messages.fragment("effects.price_unknown"))"
        }
        let each = messages.fragment("effects.price", ["price": money(price, package)])
        let together = messages.fragment("effects.sum", ["price": money(sum, package)])
        let parts = package.count > 1 ? [name, each, together] : [name, money(price, package)]
        return "  " + parts.joined(separator: ", ")
    }

    private func money(_ amount: String, _ package: PaidPackage) -> String {
        let price = [amount, package.currency].compactMap(\.self).joined(separator: " ")
        return messages.price(price, period: package.period, from: package.validFrom)
    }

    private func trial(_ trial: EndingTrial) -> String {
        guard let date = trial.date else { return count("effects.trials_unknown", trial.count) }
        return count(
            "effects.trials", trial.count, ["date": DayText.text(date, in: messages.language)])
    }

    private var mails: [String] {
        let mails = facts.effects.mails
        if mails.isEmpty { return [messages.fragment("effects.no_mail")] }
        return mails.map(mail)
    }

    /// We send nothing.
    private var sender: [String: String] {
        facts.definition.map { ["portal": $0.title] } ?? [:]
    }

    /// Who gets it, and when, is said by the Definition; what it calls it is no word for people.
    private func mail(_ mail: MailCount) -> String {
        let operation = facts.definition?.operations.first { $0.id == mail.kind }
        guard let text = operation?.mail?.text(in: messages.language) else {
            return count("effects.mails", mail.count, sender)
        }
        return count(
            "effects.mails_of", mail.count, sender.merging(["reason": text]) { $1 })
    }

    // MARK: Causes

    /// The causes that stand in several rows, what mends most first, with a finding of each.
    func causes(_ findings: RenderedFindings) -> [(group: ProblemGroup, first: RenderedFinding)] {
        guard let judged = facts.judged else { return [] }
        let groups = ProblemGroups(judged.store, judged.verdicts, of: judged.definition).groups
        return groups.lazy.filter { $0.rowCount > 1 }.prefix(ReportLimits.groupsShownMax)
            .compactMap { group in
                findings.rendered(group.firstFinding).map { (group, $0) }
            }
    }

    /// "37 rows, 31 of them ready once this is fixed"
    func rows(of group: ProblemGroup) -> String {
        let rows = count("count.rows", group.rowCount)
        if group.fixesAlone == 0 { return rows }
        return rows + messages.fragment("list.separator")
            + count("report.fixes", group.fixesAlone)
    }

    // MARK: Places

    /// `Customers!B14`, and for a row that came back where it stood at first.
    func place(of finding: RenderedFinding) -> String {
        let place = placeInWorkbook(finding)
        guard let row = finding.row, let rowNow = finding.rowInWorkbook, row != rowNow else {
            return place
        }
        return messages.fragment("place.came_back", ["cells": place, "row": "\(row)"])
    }

    private func placeInWorkbook(_ finding: RenderedFinding) -> String {
        guard let sheet = finding.sheet else { return name }
        if let cell = finding.cell {
            return messages.fragment("place.cell", ["sheet": sheet, "cells": cell])
        }
        guard let row = finding.rowInWorkbook ?? finding.row else {
            return MessageText.shown(sheet)
        }
        return messages.fragment("place.sheet_row", ["sheet": sheet, "row": "\(row)"])
    }

    /// The suggestion, unless sentence or remedy name it already.
    func suggestion(of finding: RenderedFinding) -> String? {
        guard let suggestion = finding.suggestion.map(MessageText.shown),
            !finding.message.contains(suggestion), !finding.remedy.contains(suggestion)
        else { return nil }
        return messages.fragment("suggestion", ["suggestion": suggestion])
    }

    /// How many findings are not shown; nil when all are.
    func more(than shown: Int, of findings: RenderedFindings) -> String? {
        let rest = findings.underestimatedCount - shown
        return rest > 0 ? count("report.more", rest) : nil
    }
}
