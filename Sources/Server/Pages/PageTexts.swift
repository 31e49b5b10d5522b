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
    /// itself where there is none, which a test would find.
    func callAsFunction(_ key: String, _ arguments: [String: Any] = [:]) -> String {
        let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
        let area = areas[parts[0]] ?? [:]
        let name = parts.count > 1 ? parts[1] : ""
        let isOne = arguments["count"].map { "\($0)" } == "1"
        guard var text = (isOne ? area["\(name)_one"] : nil) ?? area[name] else { return key }
        for (argument, value) in arguments {
            text = text.replacing("{\(argument)}", with: "\(value)")
        }
        return text
    }
}
