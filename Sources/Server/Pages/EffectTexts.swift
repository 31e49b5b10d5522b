import Portals

/// What approving does, in words: customers, money, mails.
struct EffectTexts {
    private let texts: PageTexts
    private let definition: Definition

    init(_ texts: PageTexts, _ definition: Definition) {
        self.texts = texts
        self.definition = definition
    }

    func lines(_ effects: UploadReport.Head.Effects) -> [String] {
        let portal = definition.title
        var lines = changes(effects.changes ?? [])
        for paid in effects.paid {
            let sum = [paid.currency, paid.sum].compactMap { $0 }.joined(separator: " ")
            let priced = paid.validFrom == nil ? "effect.paid_sum" : "effect.paid_later"
            lines.append(
                texts(
                    paid.sum == nil ? "effect.paid" : priced,
                    [
                        "count": paid.count, "package": paid.package,
                        "sum": texts.price(sum, per: paid.per),
                        "date": paid.validFrom ?? "",
                    ]))
        }
        for trial in effects.trials {
            lines.append(
                texts(
                    trial.date == nil ? "effect.trial_undated" : "effect.trial",
                    [
                        "count": trial.count, "portal": portal,
                        "date": trial.date ?? "",
                    ]))
        }
        for mail in effects.mails {
            lines.append(self.mail(mail))
        }
        return lines
    }

    /// "Companies: 2 added, 1 changed in Close.", a line for each sheet.
    private func changes(_ changes: [UploadReport.Head.Effects.Change]) -> [String] {
        definition.sheets.compactMap { sheet in
            let own = changes.filter { $0.sheet == sheet.id }.compactMap { change in
                Action(rawValue: change.action)?.effect.map {
                    texts("effect.\($0)", ["count": change.count])
                }
            }
            if own.isEmpty { return nil }
            return texts(
                "effect.sheet",
                [
                    "sheet": sheet.title.text(in: texts.language), "portal": definition.title,
                    "list": own.joined(separator: ", "),
                ])
        }
    }

    /// Who gets it, and when, is said by the Definition; what it calls it is no word for people.
    private func mail(_ mail: UploadReport.Head.Effects.Mail) -> String {
        let operation = definition.operations.first { $0.id == mail.kind }
        guard let reason = operation?.mail?.text(in: texts.language) else {
            return texts("effect.mail", ["count": mail.count, "portal": definition.title])
        }
        // Some are sentences, and some a part of one.
        let part = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        return texts(
            "effect.mail_to",
            ["count": mail.count, "portal": definition.title, "reason": part])
    }
}
