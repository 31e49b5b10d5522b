import Ledger

/// What the administrator of the site allows a reseller, or all, as the fields of a form.
struct LimitsForm {
    /// What is shown and typed, by limit; blank where nothing is said.
    private let inputs: [UploadLimit: String]
    /// What holds where nothing is said: nobody can be allowed more.
    private let most: UploadLimits
    /// Whether that is what the server was started with.
    private let isOfAll: Bool
    private let texts: PageTexts

    /// What was said.
    init(
        _ said: [UploadLimit: Int], atMost most: UploadLimits, isOfAll: Bool, _ texts: PageTexts
    ) {
        inputs = said.mapValues(String.init)
        (self.most, self.isOfAll, self.texts) = (most, isOfAll, texts)
    }

    /// What somebody typed.
    init(_ typed: Form, atMost most: UploadLimits, isOfAll: Bool, _ texts: PageTexts) {
        inputs = Dictionary(
            uniqueKeysWithValues: UploadLimit.allCases.map { ($0, typed[$0.rawValue].trimmed) })
        (self.most, self.isOfAll, self.texts) = (most, isOfAll, texts)
    }

    /// What is said with it; only once there is no problem.
    var limits: [UploadLimit: Int] { inputs.compactMapValues(texts.integer) }

    /// What is wrong, by limit.
    var problems: [UploadLimit: String] {
        var problems: [UploadLimit: String] = [:]
        for (limit, text) in inputs where !text.isEmpty {
            guard let value = texts.integer(text), value > 0 else {
                problems[limit] = texts("limits.wrong", ["max": most[limit]])
                continue
            }
            if value > most[limit] {
                let key = isOfAll ? "limits.above_server" : "limits.above_site"
                problems[limit] = texts(key, ["found": value, "max": most[limit]])
            }
        }
        return problems
    }

    /// What is wrong, each leading to its field.
    var summary: [PageValues] {
        UploadLimit.allCases.compactMap { limit in
            problems[limit].map {
                ["href": "#\(limit.rawValue)", "text": "\(title(of: limit)): \($0)"]
            }
        }
    }

    var fields: [PageValues] {
        UploadLimit.allCases.map { limit in
            var values: PageValues = [
                "id": limit.rawValue, "name": limit.rawValue, "title": title(of: limit),
                "prompt": texts("limits.\(limit)_hint", ["max": most[limit]]),
                "value": inputs[limit] ?? "", "isInput": true, "mode": "numeric",
            ]
            let problem = problems[limit]
            values["error"] = problem
            values["describedBy"] = SettingsForm.describedBy(
                limit.rawValue, true, problem != nil)
            return values
        }
    }

    private func title(of limit: UploadLimit) -> String { texts("limits.\(limit)") }
}
