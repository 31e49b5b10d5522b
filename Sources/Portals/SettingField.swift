/// What a setting is for and what it takes: what people see of it where they change it, and what
/// whatever sets it is held to.
package struct SettingField: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case text, integer, decimal, boolean, date, address
    }

    /// The setting's name, or a key of the tables in its list.
    package var id: String
    package var title: LocalizedText
    /// What it is for, in one or two sentences.
    package var prompt: LocalizedText?
    package var kind: Kind
    /// Whether it is a list of such values.
    package var isList: Bool
    package var isRequired: Bool
    /// The words that it takes; empty: any.
    package var choices: [Choice]
    /// What stands in each table of a list of tables; empty: it is none.
    package var fields: [SettingField]

    package init(
        _ id: String, title: LocalizedText, prompt: LocalizedText? = nil, kind: Kind = .text,
        isList: Bool = false, isRequired: Bool = false, choices: [Choice] = [],
        fields: [SettingField] = []
    ) {
        self.id = id
        self.title = title
        self.prompt = prompt
        self.kind = kind
        self.isList = isList
        self.isRequired = isRequired
        self.choices = choices
        self.fields = fields
    }

    package static func == (left: SettingField, right: SettingField) -> Bool {
        left.id == right.id && left.title == right.title && left.prompt == right.prompt
            && left.kind == right.kind && left.isList == right.isList
            && left.isRequired == right.isRequired && left.fields == right.fields
            && left.choices.map(\.value) == right.choices.map(\.value)
    }
}

extension SettingField {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "id", "title", "prompt", "type", "list", "required", "fields",
        ])
        let fields = try table.list("fields", of: SettingField.init(_:))
        self.init(
            try table.required("id").text(), title: try table.required("title").localizedText(),
            prompt: try table["prompt"]?.localizedText(), kind: try table["type"]?.word() ?? .text,
            isList: try table.flag("list"), isRequired: try table.flag("required"),
            fields: fields)
        let isNested = fields.contains { !$0.fields.isEmpty }
        if isNested || !fields.isEmpty && (isList || table["type"] != nil) {
            throw node.error(.badValue, allowed: "fields alone, without fields of their own")
        }
    }

    /// What a setting is where nobody described it, by the value it has.
    package init(_ member: Value.Member) {
        self.init(member.name, title: LocalizedText(member.name), kind: Kind(of: member.value))
        guard case .list(let members) = member.value else { return }
        guard case .table(let model) = members.first else {
            isList = true
            return
        }
        fields = model.map {
            var field = SettingField($0)
            field.isRequired = $0.value != .null
            return field
        }
    }
}

extension SettingField.Kind {
    fileprivate init(of value: Value) {
        switch value {
        case .boolean: self = .boolean
        case .integer: self = .integer
        case .decimal: self = .decimal
        case .null, .text, .list, .table: self = .text
        }
    }

    fileprivate var words: String {
        switch self {
        case .text: "a text"
        case .integer: "a whole number from 0"
        case .decimal: "a number such as 9.50"
        case .boolean: "true or false"
        case .date: "a day such as 2026-01-31"
        case .address: "an address such as https://portal.example.com"
        }
    }

    fileprivate func takes(_ value: Value) -> Bool {
        switch self {
        case .text: value.text != nil
        case .integer: value.integer.map { $0 >= 0 } ?? false
        // A quoted price is one.
        case .decimal: value.text.flatMap(DecimalText.init(_:)) != nil
        case .boolean: value.boolean != nil
        case .date: value.text.map(Self.isDay) ?? false
        case .address: value.text.map(PortalAddress.isOne) ?? false
        }
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy(\.isWholeNumber) ? Int($0) : nil }
        guard parts.map(\.count) == [4, 2, 2], numbers.count == 3 else { return false }
        return 1...12 ~= numbers[1] && 1...31 ~= numbers[2]
    }
}

// MARK: - Values

extension SettingField {
    /// Sees to it that a value is what is described.
    ///
    /// - Throws: `settings.wrong_type`, `definition.key_missing`, `definition.key_unknown`.
    func check(_ node: DefinitionNode) throws(DefinitionError) {
        if fields.isEmpty {
            try isList ? checkList(node) : checkOne(node)
            return
        }
        _ = try node.list { (node) throws(DefinitionError) in
            guard case .table = node.value else {
                throw node.error(.settingWrongType, allowed: "a table")
            }
            let table = try node.table(fields.map(\.id))
            for field in fields {
                let member = table[field.id].flatMap { $0.value == .null ? nil : $0 }
                if let member { try field.check(member) }
                if member == nil && field.isRequired { _ = try table.required(field.id).text() }
            }
        }
    }

    private func checkList(_ node: DefinitionNode) throws(DefinitionError) {
        guard case .list = node.value else {
            // One alone may stand without brackets.
            return try checkOne(node)
        }
        _ = try node.list { (node) throws(DefinitionError) in try checkOne(node) }
    }

    private func checkOne(_ node: DefinitionNode) throws(DefinitionError) {
        if node.value == .null && !isRequired && !isList { return }
        guard kind.takes(node.value) else {
            throw node.error(.settingWrongType, allowed: kind.words)
        }
        guard choices.isEmpty || choices.contains(where: { $0.value == node.value.text }) else {
            throw node.error(
                .badValue, allowed: choices.map(\.value).joined(separator: ", "))
        }
    }

    /// What somebody typed as the value it means; null for nothing.
    package func value(of typed: String) -> Value {
        switch kind {
        case _ where typed.isEmpty: .null
        case .text, .date, .address: .text(typed)
        case .integer, .decimal, .boolean: Value(plain: typed)
        }
    }
}
