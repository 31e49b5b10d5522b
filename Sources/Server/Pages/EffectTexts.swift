/// What approving does, in words: customers, money, mails.
struct EffectTexts {
    private let texts: PageTexts

    init(_ texts: PageTexts) { self.texts = texts }

    func lines(_ effects: UploadReport.Head.Effects, _ portal: String) -> [String] {
        var lines: [String] = []
        for (key, count) in [
            ("added", effects.added), ("updated", effects.updated), ("deleted", effects.deleted),
        ] where count > 0 {
            lines.append(texts("effect.\(key)", ["count": count, "portal": portal]))
        }
        for paid in effects.paid {
            let sum = [paid.currency, paid.sum, paid.per.map { "/ \($0)" }].compactMap { $0 }
            lines.append(
                texts(
                    paid.sum == nil ? "effect.paid" : "effect.paid_sum",
                    [
                        "count": paid.count, "package": paid.package,
                        "sum": sum.joined(separator: " "),
                    ]))
        }
        for trial in effects.trials {
            lines.append(
                texts("effect.trial", ["count": trial.count, "date": trial.date ?? "?"]))
        }
        for mail in effects.mails {
            lines.append(texts("effect.mail", ["count": mail.count, "receiver": mail.kind]))
        }
        return lines
    }
}
