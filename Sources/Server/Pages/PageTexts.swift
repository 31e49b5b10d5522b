import Embedding

/// What pages say, in every language there is: by area and name.
struct PageTexts: Sendable {
    let language: String
    /// By area, then by name.
    let areas: [String: [String: String]]

    /// Of every language that the build has.
    static let all: [String: PageTexts] = {
        var all: [String: PageTexts] = [:]
        for (path, text) in EmbeddedText.files where path.hasPrefix("Texts/") {
            let language = String(path.dropFirst(6).dropLast(5))
            all[language] = PageTexts(language: language, EmbeddedReader(text))
        }
        return all
    }()

    static var languages: [String] { all.keys.sorted() }

    private init(language: String, _ reader: EmbeddedReader) {
        var reader = reader
        var areas: [String: [String: String]] = [:]
        if case .table(let areaCount) = reader.next() {
            for _ in 0..<areaCount {
                let area = reader.nextText() ?? ""
                guard case .table(let count) = reader.next() else { continue }
                for _ in 0..<count {
                    let name = reader.nextText() ?? ""
                    areas[area, default: [:]][name] = reader.nextText() ?? ""
                }
            }
        }
        self.language = language
        self.areas = areas
    }

    /// A text, with `{name}` replaced by arguments; `NAME_one` is taken when `count` is 1. The key
    /// itself where there is none, which a test would find. Whole numbers are grouped, but for
    /// those by which something is called: row 1048576 has no other name.
    func callAsFunction(_ key: String, _ arguments: [String: Any] = [:]) -> String {
        let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
        let area = areas[parts[0]] ?? [:]
        let name = parts.count > 1 ? parts[1] : ""
        let isOne = arguments["count"].map { "\($0)" } == "1"
        guard var text = (isOne ? area["\(name)_one"] : nil) ?? area[name] else { return key }
        for (argument, value) in arguments {
            let count = argument == "number" ? nil : value as? Int
            text = text.replacing("{\(argument)}", with: count.map(number) ?? "\(value)")
        }
        return text
    }

    // MARK: - Numbers

    /// A whole number as people read it: `1,048,576`.
    func number(_ value: Int) -> String {
        var groups: [String] = []
        var rest = value.magnitude
        while rest >= 1_000 {
            let digits = "\(rest % 1_000)"
            groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
            rest /= 1_000
        }
        groups.append(value < 0 ? "-\(rest)" : "\(rest)")
        return groups.reversed().joined(separator: self("page.group_mark"))
    }

    /// A whole number as people type it, in digits alone or as they read it; nil for anything else.
    func integer(_ text: String) -> Int? {
        if let value = Int(text) { return value }
        return Int(text.replacing(self("page.group_mark"), with: "")).flatMap {
            number($0) == text ? $0 : nil
        }
    }

    /// A price with what it is for: `9.50 GBP a month`.
    ///
    /// - Parameter period: as a list of prices has it: `month`; nil: it is paid once.
    func price(_ price: String, per period: String?) -> String {
        switch period {
        case nil: price
        case "month": self("effect.per_month", ["price": price])
        case "year": self("effect.per_year", ["price": price])
        case .some(let period): "\(price) / \(period)"
        }
    }

    /// What a price is for, by itself; nil for one that is paid once.
    ///
    /// - Parameter period: as a list of prices has it: `month`.
    func period(_ period: String?) -> String? {
        switch period {
        case nil, "": nil
        case "month": self("finance.month")
        case "year": self("finance.year")
        case .some(let period): period
        }
    }
}
