/// A column that a reseller adds to a sheet in settings:
/// `{sheet: companies, header: Account manager, type: text, required: true, length: 40}`.
struct AddedColumn {
    /// The setting of every portal that lists them.
    static let setting = Settings.addedColumns

    let sheet: String
    let field: Field

    init(_ node: DefinitionNode, number: Int, in definition: Definition) throws(DefinitionError) {
        let table = try node.table(["sheet", "header", "type", "required", "length"])
        let sheet = try table.required("sheet")
        let id = try sheet.text()
        guard definition.sheets.contains(where: { $0.id == id }) else {
            throw sheet.error(
                .referenceUnknown, allowed: definition.sheets.map(\.id).joined(separator: ", "))
        }
        self.sheet = id
        let type: FieldType = try table["type"]?.word() ?? .text
        if type == .choice {
            throw node.error(.badValue, allowed: "a type other than choice")
        }
        var rules: [RuleDefinition] = []
        if try table.flag("required") {
            rules.append(RuleDefinition("required", path: node.path))
        }
        if let length = try table["length"]?.count() {
            rules.append(
                RuleDefinition("maxLength", ["maximum": .integer(length)], path: node.path))
        }
        field = Field(
            id: "added-\(number)",
            title: LocalizedText(try table.required("header").text()), aliases: [], type: type,
            countryForm: .alpha2, takesLines: false, rules: rules, isAdded: true)
    }
}

extension Definition {
    /// The Definition with the columns that settings add to its sheets, after those it has.
    ///
    /// - Throws: `settings.wrong_type` and the faults of a column; `definition.alias_ambiguous` for
    ///   a header that another column is found by.
    package func adding(columnsOf settings: Settings) throws(DefinitionError) -> Definition {
        guard let value = settings[AddedColumn.setting], value.list?.isEmpty == false else {
            return self
        }
        let node = DefinitionNode(value: value, path: AddedColumn.setting, file: "settings")
        var definition = self
        var number = 0
        _ = try node.list { (node) throws(DefinitionError) in
            number += 1
            let column = try AddedColumn(node, number: number, in: self)
            for index in definition.sheets.indices where definition.sheets[index].id == column.sheet
            {
                definition.sheets[index].fields.append(column.field)
            }
            definition.hand(column)
        }
        try DefinitionCheck(definition: definition).run()
        return definition
    }
}

extension Definition {
    /// Lets an operation that makes what a row is about carry a column, and one that changes it.
    private mutating func hand(_ column: AddedColumn) {
        for changesOnly in [false, true] {
            let index = operations.firstIndex { operation in
                operation.sheet == column.sheet && operation.changesOnly == changesOnly
                    && !operation.takesAway
            }
            guard let index else { continue }
            operations[index].data.append(
                (column.field.title.text(in: "en"), .field(column.field.id)))
        }
    }
}

extension OperationDefinition {
    /// Whether it is only done for rows that say nothing new of their record.
    fileprivate var takesAway: Bool {
        guard case .action(let actions) = when else { return false }
        return Set(actions).isSubset(of: [.delete, .unlink, .resetPassword, .decline])
    }
}

extension RuleDefinition {
    fileprivate init(_ kind: String, _ parameters: [String: Value] = [:], path: String) {
        self.init(
            kind: kind, parameters: parameters, conditions: [:], codes: [:], path: path)
    }
}
