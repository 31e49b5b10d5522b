import Countries
import Ledger
import Portals
import Validation

/// What people choose from where a field has words or names of its own, in their language.
struct FieldChoices: Sendable {
    let words: [String]
    /// Whether another word may stand there.
    private let isOpen: Bool
    /// What else people may have written for a word: the same in another language.
    private var others: [String: String] = [:]

    private init(_ words: [String], isOpen: Bool) { (self.words, self.isOpen) = (words, isOpen) }

    private init(_ words: [LocalizedText], _ language: String) {
        self.init(words.map { $0.text(in: language) }, isOpen: false)
        for word in words.reversed() {
            for text in word.all { others[text] = word.text(in: language) }
        }
    }

    /// Whether they are chosen from a list that shows all of them; else they are offered to who
    /// types.
    var isSelect: Bool { !isOpen && words.count <= SiteLimits.optionCountMax }

    /// First none, and at last what stands there and is none of them.
    func options(for value: String) -> [PageValues] {
        let chosen = words.contains(value) ? value : others[value] ?? value
        let isKnown = chosen.isEmpty || words.contains(chosen)
        return ([""] + words + (isKnown ? [] : [chosen])).map {
            ["value": $0, "text": $0, "isChosen": $0 == chosen]
        }
    }

    // MARK: - Where they come from

    /// What rows ask for.
    static func actions(of sheet: SheetDefinition, _ language: String) -> FieldChoices? {
        sheet.actions.isEmpty ? nil : FieldChoices(sheet.actions.map(\.title), language)
    }

    /// - Parameters:
    ///   - lists: what is remembered of the reseller's.
    ///   - records: finds what is known, for a field that refers to it.
    /// - Returns: nil for a field that has none.
    static func of(
        _ index: Int, _ view: RecordSheet, _ lists: [RememberedList],
        _ records: (RecordQuery) throws -> [RecordEntry]
    ) throws -> FieldChoices? {
        let (field, language) = (view.sheet.fields[index], view.texts.language)
        if field.type == .boolean { return FieldChoices(YesNoText.titles, language) }
        switch field.choices {
        case .list(let choices):
            var seen: Set<String> = []
            return FieldChoices(
                choices.filter { seen.insert($0.value).inserted }.map(\.title), language)
        case .setting(let name, let isOpen):
            let names = view.definition.settings.names(name)
            return names.isEmpty ? nil : FieldChoices(names, isOpen: isOpen)
        case nil: break
        }
        let most = SiteLimits.namesCountMax
        if let directory = field.directory {
            let list = lists.first { $0.directory == directory }
            return list.map { FieldChoices($0.names(countMax: most), isOpen: $0.count > most) }
        }
        if let reference = view.sheet.reference(ofField: field.id) {
            let names = try names(reference, field.id, view, most, records)
            return names.isEmpty ? nil : FieldChoices(names, isOpen: true)
        }
        guard field.type == .country else { return nil }
        return FieldChoices(Country.all.map { $0.name(in: language) }.sorted(), isOpen: false)
    }

    /// What those are called that a field refers to.
    private static func names(
        _ reference: Reference, _ field: String, _ view: RecordSheet, _ most: Int,
        _ records: (RecordQuery) throws -> [RecordEntry]
    ) throws -> [String] {
        var seen: Set<String> = []
        for id in reference.sheets {
            guard let sheet = view.definition.sheets.first(where: { $0.id == id }),
                let position = reference.by.firstIndex(of: field)
            else { continue }
            let to = reference.to ?? sheet.key
            guard position < to.count, let index = sheet.fieldIndex(to[position]) else { continue }
            var query = RecordQuery(sheet)
            query.order = .name
            query.countMax = most
            for entry in try records(query) { seen.insert(entry.values[index] ?? "") }
        }
        return Array(seen.filter { !$0.isEmpty }.sorted().prefix(most))
    }
}
