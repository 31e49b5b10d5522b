import Portals
import Validation

/// Rows that a template has already: one for every name of a directory that is not known yet, so
/// that nobody types a name.
struct TemplateFill: FilledRows {
    /// The sheet of the Definition they stand on.
    let sheet: Int
    let names: [String]
    /// What each field has in every row: the name, a fixed text, or nothing.
    private let sources: [Source]

    private enum Source {
        case blank, name
        case text(String)
    }

    /// Nil when no sheet's key is a name of a directory that is at hand.
    ///
    /// It is the first such sheet. Fields that must equal the name get it; required fields with a
    /// single choice get that.
    init?(_ definition: Definition, known: Known) {
        guard let (index, key, id) = definition.sheetNamed(byAnyOf: Set(known.directories.keys)),
            let directory = known.directories[id]
        else { return nil }
        let sheet = definition.sheets[index]
        let types = sheet.fields.map(\.type)
        let records = known.records?.records(ofSheet: sheet.id) ?? []
        let taken = Set(records.compactMap { $0.key(of: [key], types: types) })
        self.sheet = index
        names = (0..<directory.count).map(directory.name)
            .filter { !taken.contains(NameKey.bytes(of: $0)) }
        sources = sheet.fields.enumerated().map { position, field in
            if position == key || field.mustEqual(sheet.fields[key]) { return .name }
            let choices = ChoiceList(
                field, settings: known.settings, defaults: definition.settings)
            guard field.isRequired, let only = choices?.only else { return .blank }
            return .text(only)
        }
    }

    var rowCount: Int { names.count }

    func value(row: Int, field: Int) -> FilledValue {
        switch sources[field] {
        case .blank: .text("")
        case .name: .text(names[row])
        case .text(let text): .text(text)
        }
    }
}

extension Field {
    fileprivate func mustEqual(_ other: Field) -> Bool {
        rules.contains { rule in
            rule.kind == "equals" && rule.parameters["field"]?.text == other.id && rule.when == nil
        }
    }
}
