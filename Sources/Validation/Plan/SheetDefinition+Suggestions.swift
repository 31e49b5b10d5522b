package import Portals

extension SheetDefinition {
    /// Fields, and the field that each of them must equal.
    package var equalities: [(field: Int, other: Int)] {
        fields.enumerated().compactMap { index, field in
            let rule = field.rules.first { $0.kind == "equals" }
            let other = rule?.parameters["field"]?.text.flatMap(fieldIndex)
            return other.map { (index, $0) }
        }
    }

    /// Whether one answer for all rows can do no harm: never where a value tells one customer from
    /// another, or follows from one that does.
    package func isSafeForAll(_ field: Field) -> Bool {
        isFromAList(field) && !key.contains(field.id)
            && !field.rules.contains { $0.kind == "equals" }
            && !rules.contains { $0.kind == "unique" && names(field, $0) }
    }

    private func isFromAList(_ field: Field) -> Bool {
        field.choices != nil || field.type == .country
            || field.rules.contains { $0.kind == "oneOf" }
    }

    private func names(_ field: Field, _ rule: RuleDefinition) -> Bool {
        rule.parameters["fields"]?.list?.contains { $0.text == field.id } ?? false
    }
}

extension Field {
    /// The directory whose names the field takes; nil for none.
    package var directory: String? {
        rules.first { $0.kind == "inDirectory" }?.parameters["directory"]?.text
    }
}

extension Definition {
    /// The first sheet whose rows are called by names of a directory, with that field.
    package func sheetNamed(
        byAnyOf directories: Set<String>
    ) -> (sheet: Int, key: Int, directory: String)? {
        sheets.enumerated().lazy.compactMap {
            index, sheet -> (sheet: Int, key: Int, directory: String)? in
            guard sheet.key.count == 1, let key = sheet.key.first.flatMap(sheet.fieldIndex),
                let directory = sheet.fields[key].directory, directories.contains(directory)
            else { return nil }
            return (index, key, directory)
        }.first
    }

    /// Whether one answer for all rows can do no harm in the columns of a title, whatever sheets
    /// they are on; false where there is none.
    package func isSafeForAll(column: String) -> Bool {
        let fields = sheets.flatMap { sheet in
            sheet.fields.filter { ($0.title.all + $0.aliases).contains(column) }.map { (sheet, $0) }
        }
        return !fields.isEmpty && fields.allSatisfy { $0.isSafeForAll($1) }
    }
}
