import Catalogue
package import Portals

/// The values a `choice` field takes, in every language of the template, with what they stand for.
package struct ChoiceList {
    /// The values themselves, in order.
    package let values: [String]
    /// Whether a value that is not among them is taken all the same.
    package let isOpen: Bool
    private var exact: [String: String] = [:]
    private var byKey: [[UInt8]: String] = [:]

    /// Nil for a field without choices.
    ///
    /// - Parameter defaults: the Definition's own settings: a list nobody filled in stays open.
    package init?(_ field: Field, settings: Settings, defaults: Settings) {
        switch field.choices {
        case nil: return nil
        case .list(let choices):
            var seen: Set<String> = []
            values = choices.map(\.value).filter { seen.insert($0).inserted }
            isOpen = false
            for choice in choices {
                for title in choice.title.all + [choice.value] { add(title, for: choice.value) }
            }
        case .setting(let name, let open):
            values = settings.names(name)
            isOpen = open && settings[name] == defaults[name]
            for value in values { add(value, for: value) }
        }
        for (word, value) in field.former.flatMap(\.choices) where values.contains(value) {
            add(word, for: value)
        }
    }

    /// Every word that is taken, in every language of the templates, in alphabetical order.
    package var spellings: [String] { exact.keys.sorted() }

    private mutating func add(_ title: String, for value: String) {
        exact[title] = value
        byKey[NameKey.bytes(of: title)] = value
    }

    /// The value that a text stands for, whatever its case and language.
    func value(of text: String) -> String? { exact[text] ?? byKey[NameKey.bytes(of: text)] }

    /// Whether a text is one of the values, or may stand beside them.
    func takesAsItIs(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: text, as: UTF8.self)
        if let value = exact[text] { return value == text }
        return isOpen && byKey[NameKey.bytes(of: text)] == nil
    }

    /// Judges a cell; a value in another language is replaced by the one it stands for.
    func form(_ row: Int, field: Int, _ judging: inout Judging) -> CellForm {
        let text = judging.text(row, field)
        if let value = exact[text] {
            if value != text { judging.replace(row, field, by: .text(value)) }
            return .wellFormed
        }
        // What is a choice but for its case is not another value.
        if isOpen && byKey[NameKey.bytes(of: text)] == nil { return .wellFormed }
        // It was offered once.
        if judging.isAsExported(row, field) { return .wellFormed }
        let suggestion = judging.suggestion(row, field, near)
        judging.oddChoices.append(
            OddChoice(
                place: Place(sheet: judging.sheet, row: row, field: field),
                detail: FindingDetail(
                    arguments: ["list": values.joined(separator: ", ")], suggestion: suggestion)))
        return .malformed
    }

    private func near(_ text: String) -> String? {
        let key = NameKey.bytes(of: text)
        if let value = byKey[key] { return value }
        let near = Set(byKey.lazy.filter { EditDistance.isAtMostOne(key, $0.key) }.map(\.value))
        return near.count == 1 ? near.first : nil
    }

    /// The value to suggest where nothing stands: the only one there is.
    package var only: String? { values.count == 1 && !isOpen ? values.first : nil }
}

extension Judging {
    /// Lets a value stand in for what a row holds.
    mutating func replace(_ row: Int, _ field: Int, by source: Replacement.Source) {
        let position = position(ofReplacementOf: field, by: source)
        replacements[position].rows.insert(row)
    }

    /// Lets the same value stand in for what other rows hold too.
    mutating func replace(_ more: Replacement) {
        if more.sheet != sheet { return }
        let position = position(ofReplacementOf: more.field, by: more.source)
        replacements[position].rows.formUnion(more.rows)
    }

    private mutating func position(
        ofReplacementOf field: Int, by source: Replacement.Source
    ) -> Int {
        let position = replacements.firstIndex {
            $0.sheet == sheet && $0.field == field && $0.source == source
        }
        if let position { return position }
        replacements.append(
            Replacement(sheet: sheet, field: field, source: source, rows: RowSet()))
        return replacements.count - 1
    }
}
