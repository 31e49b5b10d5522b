/// Looks at a decoded Definition as a whole: ids are unique, what is named exists, no two columns
/// match the same header, no operations wait for each other.
struct DefinitionCheck {
    let definition: Definition

    func run() throws(DefinitionError) {
        try unique(definition.sheets.map(\.id)) { "sheets[\($0)].id" }
        for (index, sheet) in definition.sheets.enumerated() {
            try check(sheet, at: "sheets[\(index)]")
        }
        try unique(definition.operations.map(\.id)) { "operations[\($0)].id" }
        for (index, operation) in definition.operations.enumerated() {
            try check(operation, at: "operations[\(index)]")
        }
        try checkOrder()
        for (index, hold) in definition.holds.enumerated() {
            let path = "holds[\(index)]"
            try known(
                hold.operations, among: definition.operations.map(\.id), at: "\(path).operations")
            try check(hold.when, in: nil, at: "\(path).when")
        }
        try EarlierCheck(definition: definition).run()
        try checkComparison()
        try checkSettingFields()
    }

    private func checkSettingFields() throws(DefinitionError) {
        let fields = definition.settings.fields
        try unique(fields.map(\.id)) { "settingFields[\($0)].id" }
        for (index, field) in fields.enumerated() {
            let path = "settingFields[\(index)]"
            try known([field.id], among: settings, at: "\(path).id")
            try unique(field.fields.map(\.id)) { "\(path).fields[\($0)].id" }
            guard let value = definition.settings[field.id] else { continue }
            try field.check(
                DefinitionNode(
                    value: value, path: "settings.\(field.id)", file: definition.file))
        }
    }

    private func checkComparison() throws(DefinitionError) {
        guard let comparison = definition.comparison else { return }
        try known([comparison.sheet], among: sheets, at: "compare.sheet")
        let fields = sheets(named: [comparison.sheet]).flatMap { $0.fields.map(\.id) }
        try known(comparison.columns.map(\.field), among: fields, at: "compare.columns")
        if let reference = comparison.reference {
            try known([reference], among: fields, at: "compare.reference")
        }
        for sheet in definition.ofPortalList?.sheets ?? [] {
            try checkHeaders(sheet, at: "compare.columns")
        }
        for sheet in definition.ofInvoice?.sheets ?? [] {
            try checkHeaders(sheet, at: "compare.invoice")
        }
    }

    /// What stands in a link as it is has to be an address.
    private func check(
        _ link: PortalLink?, fields: [String], at path: String
    ) throws(DefinitionError) {
        let addresses = definition.settings.fields.filter { $0.kind == .address && !$0.isList }
        try known(link?.setting.map { [$0] } ?? [], among: addresses.map(\.id), at: path)
        try known(link?.fields ?? [], among: fields, at: path)
    }

    // MARK: - Sheets

    private func check(_ sheet: SheetDefinition, at path: String) throws(DefinitionError) {
        let ids = sheet.fields.map(\.id)
        try unique(ids) { "\(path).fields[\($0)].id" }
        try known(sheet.key, among: ids, at: "\(path).key")
        try known(sheet.renamed, among: sheet.key, at: "\(path).renamed")
        try known(sheet.updatedByCreate, among: ids, at: "\(path).updatedByCreate")
        if let unlinks = sheet.unlinks { try check(unlinks, in: sheet, at: "\(path).unlinks") }
        for (index, made) in sheet.makes.enumerated() {
            try check(made, by: sheet, at: "\(path).makes[\(index)]")
        }
        if let sole = sheet.sole {
            let flags = sheet.fields.filter { $0.type == .boolean }.map(\.id)
            try known([sole.field], among: flags, at: "\(path).sole.field")
            try known(sole.within, among: ids, at: "\(path).sole.within")
        }
        try check(sheet.trial, in: sheet, at: "\(path).trial")
        try check(sheet.link, fields: ids, at: "\(path).link")
        if let action = sheet.blankAction, !sheet.actions.contains(action) {
            throw error(
                .referenceUnknown, at: "\(path).blank", found: action.rawValue,
                allowed: sheet.actions.map(\.rawValue).joined(separator: ", "))
        }
        for (index, example) in sheet.examples.enumerated() {
            try known(example.keys.sorted(), among: ids, at: "\(path).examples[\(index)]")
        }
        for (index, field) in sheet.fields.enumerated() {
            if case .setting(let name, _) = field.choices {
                let place = "\(path).fields[\(index)].choices.setting"
                try known([name], among: settings, at: place)
            }
            if let counts = field.counts {
                try known([counts], among: sheets, at: "\(path).fields[\(index)].counts")
            }
            for rule in field.rules { try check(rule, in: sheet) }
        }
        for rule in sheet.rules { try check(rule, in: sheet) }
        try checkHeaders(sheet, at: path)
    }

    /// What is made must be called something, and must be remembered.
    private func check(
        _ made: MadeRecord, by sheet: SheetDefinition, at path: String
    ) throws(DefinitionError) {
        if let when = made.when { try check(when, in: sheet, at: "\(path).when") }
        let remembered = definition.sheets.filter(\.isRemembered)
        try known([made.sheet], among: remembered.map(\.id), at: "\(path).sheet")
        guard let other = remembered.first(where: { $0.id == made.sheet }) else { return }
        let fields = made.values.map(\.field)
        try known(fields, among: other.fields.map(\.id), at: "\(path).values")
        try known(other.key, among: fields, at: "\(path).values")
        for (field, source) in made.values {
            guard case .field(let id) = source else { continue }
            try known([id], among: sheet.fields.map(\.id), at: "\(path).values.\(field)")
        }
    }

    /// Whatever its kind, a rule names fields, directories, settings and sheets by these words.
    private func check(
        _ rule: RuleDefinition, in sheet: SheetDefinition
    ) throws(DefinitionError) {
        let own = sheet.fields.map(\.id)
        let others = self.sheets(named: rule.texts("sheet"))
        let fields = others.isEmpty ? own : own + others.flatMap { $0.fields.map(\.id) }
        let pools = [
            "field": fields, "fields": fields, "by": own, "to": fields, "in": fields,
            "parent": fields, "setting": settings, "sheet": sheets, "wrongSheets": sheets,
            "directory": definition.directories.map(\.id),
        ]
        for (name, value) in rule.parameters.sorted(by: { $0.key < $1.key }) {
            // These two say by it where they look: in the file, or among what is known.
            let isPlace = name == "in" && ["unique", "absentFrom"].contains(rule.kind)
            guard let pool = pools[name], !isPlace else { continue }
            if case .table = value { continue }
            let names = value.list?.compactMap(\.text) ?? [value.told]
            try known(names, among: pool, at: "\(rule.path).\(name)")
        }
        if let when = rule.when { try check(when, in: sheet, at: "\(rule.path).when") }
        for (name, condition) in rule.conditions.sorted(by: { $0.key < $1.key }) {
            let parents =
                others.isEmpty ? self.parents(of: rule.texts("parent"), in: sheet) : others
            // This one is asked of the rule's own rows.
            for asked in name == "mayBeNew" ? [sheet] : parents {
                try check(condition, in: asked, at: "\(rule.path).\(name)")
            }
        }
    }

    /// The sheets that some fields of a sheet refer to.
    private func parents(of fields: [String], in sheet: SheetDefinition?) -> [SheetDefinition] {
        sheets(named: fields.flatMap { sheet?.reference(ofField: $0)?.sheets ?? [] })
    }

    private func sheets(named ids: [String]) -> [SheetDefinition] {
        definition.sheets.filter { ids.contains($0.id) }
    }

    private func check(
        _ trial: Trial?, in sheet: SheetDefinition, at path: String
    ) throws(DefinitionError) {
        guard let trial else { return }
        if let when = trial.when { try check(when, in: sheet, at: "\(path).when") }
        let fields = sheet.fields.map(\.id)
        if let ends = trial.ends { try known([ends], among: fields, at: "\(path).ends") }
        if let begins = trial.begins { try known([begins], among: fields, at: "\(path).begins") }
        switch trial.days {
        case .field(let id): try known([id], among: fields, at: "\(path).days")
        case .setting(let name): try known([name], among: settings, at: "\(path).days.setting")
        case nil: break
        }
    }

    /// - Parameter sheet: whose rows are asked; nil where there are none.
    private func check(
        _ condition: Condition, in sheet: SheetDefinition?, at path: String
    ) throws(DefinitionError) {
        let fields = sheet?.fields.map(\.id) ?? []
        switch condition {
        case .field(let id, let test):
            try known([id], among: fields, at: "\(path).field")
            if case .listed(let name) = test {
                try known([name], among: definition.directories.map(\.id), at: "\(path).listed")
            }
        case .setting(let name, _): try known([name], among: settings, at: "\(path).setting")
        case .action: break
        case .not(let inner): try check(inner, in: sheet, at: "\(path).not")
        case .parent(let id, let inner):
            for parent in try parents(ofField: id, in: sheet, at: "\(path).parent") {
                try check(inner, in: parent, at: path)
            }
        case .all(let members), .any(let members):
            for member in members { try check(member, in: sheet, at: path) }
        }
    }

    /// The sheets that a field refers to; there is at least one.
    private func parents(
        ofField id: String, in sheet: SheetDefinition?, at path: String
    ) throws(DefinitionError) -> [SheetDefinition] {
        let fields = sheet?.fields.map(\.id) ?? []
        try known([id], among: fields, at: path)
        let parents = parents(of: [id], in: sheet)
        guard parents.isEmpty else { return parents }
        throw error(
            .referenceUnknown, at: path, found: id, allowed: "a field with a references rule")
    }

    private func checkHeaders(
        _ sheet: SheetDefinition, at path: String
    ) throws(DefinitionError) {
        var owners: [String: String] = [:]
        for (index, field) in sheet.fields.enumerated() {
            for header in field.title.all + field.aliases {
                let plain = header.lowercased().filter { $0.isLetter || $0.isNumber }
                if let owner = owners.updateValue(field.id, forKey: plain), owner != field.id {
                    throw error(
                        .aliasAmbiguous, at: "\(path).fields[\(index)]", found: header,
                        allowed: "a header that field \(owner) does not have")
                }
            }
        }
    }

    // MARK: - Operations

    private func check(
        _ operation: OperationDefinition, at path: String
    ) throws(DefinitionError) {
        if let id = operation.sheet { try known([id], among: sheets, at: "\(path).for") }
        let sheet = definition.sheets.first { $0.id == operation.sheet }
        if let when = operation.when { try check(when, in: sheet, at: "\(path).when") }
        for list in operation.lists {
            try known([list.sheet], among: sheets, at: "\(path).list.sheet")
            let listed = definition.sheets.first { $0.id == list.sheet }
            let fields = listed?.fields.map(\.id) ?? []
            try known(list.fields, among: fields, at: "\(path).list.fields")
            if let when = list.when { try check(when, in: listed, at: "\(path).list.when") }
        }
        for (name, source) in operation.data {
            try check(source, in: sheet, at: "\(path).data.\(name)")
        }
        if let charge = operation.charge {
            try known([charge], among: settings, at: "\(path).charge")
        }
        try known(operation.after, among: definition.operations.map(\.id), at: "\(path).after")
    }

    private func check(
        _ source: DataSource, in sheet: SheetDefinition?, at path: String
    ) throws(DefinitionError) {
        switch source {
        case .field(let id): try known([id], among: sheet?.fields.map(\.id) ?? [], at: path)
        case .parent(let field, let id):
            for parent in try parents(ofField: field, in: sheet, at: "\(path).parent") {
                try known([id], among: parent.fields.map(\.id), at: "\(path).field")
            }
        case .children(let id, let by, let field):
            try known([id], among: sheets, at: "\(path).children")
            let fields = sheets(named: [id]).flatMap { $0.fields.map(\.id) }
            try known([field], among: fields, at: "\(path).field")
            let parents = parents(of: [by], in: sheets(named: [id]).first)
            guard parents.contains(where: { $0.id == sheet?.id }) else {
                throw error(
                    .referenceUnknown, at: "\(path).by", found: by,
                    allowed: "a field that refers to \(sheet?.id ?? "the rows")")
            }
        case .setting(let name): try known([name], among: settings, at: path)
        case .constant: break
        }
    }

    /// Takes away, round by round, the operations that wait for none of those left.
    private func checkOrder() throws(DefinitionError) {
        var waiting = definition.operations
        while !waiting.isEmpty {
            let left = Set(waiting.map(\.id))
            let next = waiting.filter { !left.isDisjoint(with: $0.after) }
            if next.count == waiting.count {
                let ids = next.map(\.id).joined(separator: ", ")
                throw error(
                    .cycle, at: "operations", found: "\(ids), each after another",
                    allowed: "an order in which one comes first")
            }
            waiting = next
        }
    }

    // MARK: - What is named

    private var settings: [String] { definition.settings.members.map(\.name) }
    private var sheets: [String] { definition.sheets.map(\.id) }

    private func unique(
        _ ids: [String], at place: (Int) -> String
    ) throws(DefinitionError) {
        var seen: Set<String> = []
        for (index, id) in ids.enumerated() where !seen.insert(id).inserted {
            throw error(.idRepeated, at: place(index), found: id, allowed: "an id of its own")
        }
    }

    private func known(
        _ names: [String], among pool: [String], at path: String
    ) throws(DefinitionError) {
        for name in names where !pool.contains(name) {
            let allowed = pool.isEmpty ? "nothing: there are none" : pool.joined(separator: ", ")
            throw error(.referenceUnknown, at: path, found: name, allowed: allowed)
        }
    }

    private func error(
        _ fault: DefinitionFault, at path: String, found: String, allowed: String
    ) -> DefinitionError {
        DefinitionError(fault, file: definition.file, path: path, found: found, allowed: allowed)
    }
}
