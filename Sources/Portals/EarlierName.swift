/// What a sheet or column was called in templates before, and what was chosen there.
package struct EarlierName: Sendable {
    /// The last version of the Definition whose templates have it.
    package var until: Int
    package var title: LocalizedText?
    /// Words of a choice, with the values that they stand for now.
    package var choices: [(word: String, value: String)]
}

extension EarlierName {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["until", "title", "choices"])
        var choices: [(word: String, value: String)] = []
        for (word, value) in try table["choices"]?.table().members ?? [] {
            choices.append((word, try value.text()))
        }
        self.init(
            until: try table.required("until").count(),
            title: try table["title"]?.localizedText(), choices: choices)
    }
}

extension Definition {
    /// The Definition as it reads a workbook made from an earlier template: with what was called
    /// otherwise until then; itself where nothing was.
    package func reading(templateOfVersion version: Int) -> Definition {
        var result = self
        var isOther = false
        for (index, sheet) in sheets.enumerated() {
            let names = sheet.earlier.filter { $0.until >= version }
            result.sheets[index].aliases += names.compactMap(\.title).flatMap(\.all)
            isOther = isOther || !names.isEmpty
            for (position, field) in sheet.fields.enumerated() {
                let former = field.earlier.filter { $0.until >= version }
                result.sheets[index].fields[position].former = former
                isOther = isOther || !former.isEmpty
            }
        }
        result.templateVersion = version
        return isOther ? result : self
    }
}

/// Looks at what a Definition says of earlier versions: they are earlier, a column takes the words
/// that are chosen now, and no two columns of a sheet had one title at a time.
struct EarlierCheck {
    let definition: Definition

    func run() throws(DefinitionError) {
        for (index, sheet) in definition.sheets.enumerated() {
            let path = "sheets[\(index)]"
            try check(sheet.earlier, at: path)
            for (position, field) in sheet.fields.enumerated() {
                let path = "\(path).fields[\(position)]"
                try check(field.earlier, at: path)
                try checkChoices(of: field, at: path)
            }
            try checkTitles(of: sheet, at: path)
        }
    }

    private func check(_ names: [EarlierName], at path: String) throws(DefinitionError) {
        for (index, name) in names.enumerated() where name.until >= definition.version {
            throw error(
                .badValue, at: "\(path).earlier[\(index)].until", found: "\(name.until)",
                allowed: "a version before \(definition.version)")
        }
    }

    private func checkChoices(of field: Field, at path: String) throws(DefinitionError) {
        for (index, name) in field.earlier.enumerated() {
            for (word, value) in name.choices {
                let path = "\(path).earlier[\(index)].choices.\(word)"
                switch field.choices {
                case .list(let choices) where !choices.contains { $0.value == value }:
                    throw error(
                        .badValue, at: path, found: value,
                        allowed: choices.map(\.value).joined(separator: ", "))
                case nil:
                    throw error(
                        .badValue, at: path, found: value, allowed: "nothing but with type choice")
                case .list, .setting: break
                }
            }
        }
    }

    private func checkTitles(
        of sheet: SheetDefinition, at path: String
    ) throws(DefinitionError) {
        for version in Set(sheet.fields.flatMap(\.earlier).map(\.until)).sorted() {
            var owners: [String: String] = [:]
            for field in sheet.fields {
                let names = field.earlier.filter { $0.until >= version }
                for title in Set(names.compactMap(\.title).flatMap(\.all)).sorted() {
                    let owner = owners.updateValue(field.id, forKey: title.lowercased())
                    if let owner, owner != field.id {
                        throw error(
                            .aliasAmbiguous, at: path, found: title,
                            allowed: "a title that field \(owner) did not have")
                    }
                }
            }
        }
    }

    private func error(
        _ fault: DefinitionFault, at path: String, found: String, allowed: String
    ) -> DefinitionError {
        DefinitionError(fault, file: definition.file, path: path, found: found, allowed: allowed)
    }
}
