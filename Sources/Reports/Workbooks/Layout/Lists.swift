import Catalogue
import Countries
import Portals
import Validation

/// Every list that a workbook's dropdowns and live checks need, in the order of the columns of the
/// hidden sheet `Lists`.
struct Lists {
    private(set) var all: [NameList] = []
    /// Positions in `all`, by sheet and field index.
    private var choices: [Place: Int] = [:]
    private var spellings: [Place: Int] = [:]
    private var directories: [String: Int] = [:]
    private var actions: [Int: Int] = [:]

    init(_ definition: Definition, known: Known, language: String) {
        for (sheetIndex, sheet) in definition.sheets.enumerated() {
            for (fieldIndex, field) in sheet.fields.enumerated() {
                let place = Place(sheet: sheetIndex, field: fieldIndex)
                let title = field.title.text(in: language)
                guard
                    let taken = ChoiceList(
                        field, settings: known.settings, defaults: definition.settings)
                else {
                    choices[place] = add(title, Self.names(of: field.type, language))
                    continue
                }
                choices[place] = add(title, field.choiceTitles(taken, language))
                if !taken.isOpen { spellings[place] = add(title, taken.spellings) }
            }
            if sheet.hasActionColumn {
                let title = OwnColumn.action.title.text(in: language)
                actions[sheetIndex] = add(title, sheet.actions.map { $0.title.text(in: language) })
            }
        }
        for directory in definition.directories {
            guard let names = known.directories[directory.id], NameList.fits(names.count) else {
                continue
            }
            let descriptions = (0..<names.count).map { names.description($0) ?? "" }
            directories[directory.id] = add(
                directory.title.text(in: language), (0..<names.count).map(names.name),
                descriptions: descriptions.allSatisfy(\.isEmpty) ? [] : descriptions)
        }
    }

    /// The words to choose from in a field, in the workbook's language.
    func choices(sheet: Int, field: Int) -> NameList? {
        choices[Place(sheet: sheet, field: field)].map { all[$0] }
    }

    /// All words that a field takes; nil when it takes others too.
    func spellings(sheet: Int, field: Int) -> NameList? {
        spellings[Place(sheet: sheet, field: field)].map { all[$0] }
    }

    /// The names of a directory; nil when there is no list of it, or one too long.
    func directory(_ id: String) -> NameList? { directories[id].map { all[$0] } }

    /// What a row of a sheet may ask for; nil when the sheet has no `Action` column.
    func actions(sheet: Int) -> NameList? { actions[sheet].map { all[$0] } }

    /// What a field of some types takes; other spellings are taken too.
    private static func names(of type: FieldType, _ language: String) -> [String] {
        switch type {
        case .boolean: YesNoText.titles.map { $0.text(in: language) }
        case .country: Country.all.map { $0.name(in: language) }.sorted()
        case .text, .email, .date, .integer, .choice: []
        }
    }

    /// The position of a list; one that is there already is not added again.
    private mutating func add(
        _ title: String, _ names: [String], descriptions: [String] = []
    ) -> Int? {
        if names.isEmpty { return nil }
        if let position = all.firstIndex(where: { $0.names == names }) { return position }
        all.append(
            NameList(
                title: title, names: names, descriptions: descriptions, number: all.count + 1))
        return all.count - 1
    }
}

extension Field {
    /// The choices as the template's language says them.
    fileprivate func choiceTitles(_ taken: ChoiceList, _ language: String) -> [String] {
        guard case .list(let choices) = choices else { return taken.values }
        return choices.map { $0.title.text(in: language) }
    }
}

extension SheetDefinition {
    /// Whether a row may ask for one thing or another.
    var hasActionColumn: Bool { actions.count > 1 }

    /// What the column `Action` is for.
    func actionPrompt(_ messages: Messages) -> String {
        if makesRecords { return messages.fragment("prompt.action") }
        guard let blank = actionOfBlank else { return messages.fragment("prompt.action_needed") }
        let title = blank.title.text(in: messages.language)
        return messages.fragment("prompt.action_blank", ["value": title])
    }
}
