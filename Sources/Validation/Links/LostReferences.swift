import Portals

/// What the references of a column lead to nothing for: a row that is left out, or a slip. Made
/// once the first of them is found.
struct LostReferences {
    /// Names are compared one by one up to so many.
    private static let nameCountMax = 20_000

    /// Fields of the referring sheet, and where the reference's own stands among them.
    private let by: [Int]
    private let own: Int
    /// By what is looked for, the row that is left out.
    private var leftOut: [[UInt8]: Place] = [:]
    /// The names there are, by the other parts of what is looked for.
    private var names: [[UInt8]: [(key: [UInt8], name: String)]] = [:]
    /// The names of what the workbook makes, by the part of what is looked for that names it.
    private var newNames: [Int: Set<[UInt8]>] = [:]
    private var types: [FieldType] = []
    private var suggestions: [[[UInt8]]: String?] = [:]

    init(field: Int, _ judging: Judging) {
        let sheet = judging.sheetDefinition
        let reference = sheet.reference(ofField: sheet.fields[field].id)
        let by = (reference?.by ?? []).compactMap { sheet.fieldIndex($0) }
        (self.by, own) = (by, by.firstIndex(of: field) ?? 0)
        for (index, target) in judging.plan.definition.sheets.enumerated()
        where reference?.sheets.contains(target.id) == true {
            let to = (reference?.to ?? target.key).compactMap { target.fieldIndex($0) }
            if to.count != by.count { continue }
            if types.isEmpty { types = to.map { target.fields[$0].type } }
            readLeftOut(index, to, judging)
            readNames(index, to, judging)
            for position in to.indices where position != own {
                readNewNames(target, to[position], position, judging)
            }
        }
    }

    /// The row that a row refers to and that is left out.
    func leftOutRow(of row: Int, _ judging: Judging) -> Place? {
        leftOut.isEmpty ? nil : leftOut[parts(row, judging).flatMap { $0 + [0] }]
    }

    /// The only name that is a slip away from what a row says.
    mutating func suggestion(_ row: Int, _ judging: Judging) -> String? {
        let parts = parts(row, judging)
        guard parts.count == types.count, parts.indices.contains(own),
            parts[own].count <= ValidationPlan.suggestionSizeMax
        else { return nil }
        if let made = suggestions[parts] { return made }
        guard suggestions.count < ValidationPlan.suggestionCountMax else { return nil }
        let near = (names[others(parts)] ?? []).filter {
            EditDistance.isAtMostOne(parts[own], $0.key)
        }
        let made = Set(near.map(\.key)).count == 1 ? near[0].name : nil
        suggestions.updateValue(made, forKey: parts)
        return made
    }

    /// Whether a row refers to something of what the workbook itself makes: that is nowhere else.
    func isOfNew(_ row: Int, _ judging: Judging) -> Bool {
        let parts = parts(row, judging)
        return parts.indices.contains { newNames[$0]?.contains(parts[$0]) == true }
    }

    private func parts(_ row: Int, _ judging: Judging) -> [[UInt8]] {
        zip(by, types).map { field, type in FieldKey.bytes(judging.text(row, field), type: type) }
    }

    private func others(_ parts: [[UInt8]]) -> [UInt8] {
        parts.enumerated().flatMap { $0 == own ? [] : $1 + [0] }
    }

    private mutating func readLeftOut(_ index: Int, _ to: [Int], _ judging: Judging) {
        guard let position = judging.position(ofDefinition: index) else { return }
        let sheet = judging.store.sheets[position]
        for row in 0..<sheet.rowCount where sheet.isLeftOut(row) {
            let key = zip(to, types).flatMap { field, type in
                let text = judging.column(sheet: position, field: field).withText(row) {
                    String(decoding: $0, as: UTF8.self)
                }
                return FieldKey.bytes(text, type: type) + [0]
            }
            if leftOut[key] == nil {
                leftOut[key] = Place(sheet: position, row: row, field: to.first)
            }
        }
    }

    private mutating func readNames(_ index: Int, _ to: [Int], _ judging: Judging) {
        let targets = judging.standing(ofSheet: index)
        if targets.count > Self.nameCountMax { return }
        for target in targets {
            let texts = to.map { field in
                judging.withState(of: target, field: field) { String(decoding: $0, as: UTF8.self) }
            }
            let parts = zip(texts, types).map { FieldKey.bytes($0, type: $1) }
            names[others(parts), default: []].append((parts[own], texts[own]))
        }
    }

    /// The names of new rows that a field of what is referred to refers to in turn.
    private mutating func readNewNames(
        _ target: SheetDefinition, _ field: Int, _ part: Int, _ judging: Judging
    ) {
        guard let reference = target.reference(ofField: target.fields[field].id),
            reference.by.count == 1
        else { return }
        for (position, sheet) in judging.store.sheets.enumerated() {
            let definition = judging.definition(ofSheet: position)
            guard reference.sheets.contains(definition.id),
                let name = (reference.to ?? definition.key).first.flatMap(definition.fieldIndex)
            else { continue }
            let names = judging.column(sheet: position, field: name)
            for row in sheet.judgedRows
            where judging.actions[position][row] == .create
                && judging.links.record(sheet: position, row: row) == nil
            {
                let text = names.withText(row) { String(decoding: $0, as: UTF8.self) }
                newNames[part, default: []].insert(FieldKey.bytes(text, type: types[part]))
            }
        }
    }
}
