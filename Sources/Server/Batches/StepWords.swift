import Ledger
import Portals
import Validation

/// What a step of a batch asks of a person, in words: the same that its printed checklist says.
struct StepWords {
    let definition: Definition
    let texts: PageTexts

    /// What to do, where that is the same for all steps of a kind.
    ///
    /// A text that names rows is told with each of them.
    func instruction(_ operation: OperationDefinition?, _ lines: [BatchLines.Line]) -> String? {
        guard let text = operation?.text else { return nil }
        let isSame = lines.allSatisfy { line in line.text.map { text.all.contains($0) } ?? true }
        return isSame && !text.text(in: texts.language).contains("{")
            ? text.text(in: texts.language) : nil
    }

    /// What to do for one row, or what to type for it.
    func todo(_ operation: OperationDefinition?, _ line: BatchLines.Line) -> String? {
        guard let operation else { return line.text }
        // It stands in the file.
        if operation.kind == .file { return nil }
        if let text = line.text, operation.text?.all.contains(text) != true { return text }
        let sheet = definition.sheets.first { $0.id == operation.sheet }
        let told = operation.data.compactMap { member -> String? in
            guard let sheet, let value = line.data?[member.name] else { return nil }
            switch (member.source, value) {
            case (.field(let id), .text(let value)):
                guard !sheet.key.contains(id), let field = sheet.fieldIndex(id) else { return nil }
                return self.told(value, sheet.fields[field])
            case (.children(let id, _, let field), .texts(let values)):
                let other = definition.sheets.first { $0.id == id }
                let title = other?.fieldIndex(field).flatMap { other?.fields[$0].title }
                return "\(title?.text(in: texts.language) ?? field): "
                    + values.joined(separator: ", ")
            default: return nil
            }
        }
        let own = (told + added(line)).joined(separator: ", ")
        return own.isEmpty ? nil : own
    }

    /// What a row says in columns that the reseller added.
    private func added(_ line: BatchLines.Line) -> [String] {
        guard case .named(let members) = line.data?["extra"] else { return [] }
        return members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }

    /// The rows that something done once names: `acme, Package: Gold (Customers, row 2)`.
    func list(_ operation: OperationDefinition?, _ line: BatchLines.Line) -> [String] {
        let sheets = (operation?.lists ?? []).compactMap { list in
            definition.sheets.first { $0.id == list.sheet }
        }
        return (line.list ?? []).map { row in
            guard case .source(let title, let number) = row["source"],
                let sheet = sheets.first(where: { $0.title.all.contains(title) }) ?? sheets.first
            else { return "" }
            let key = sheet.key.compactMap { row[$0]?.text }.joined(separator: ", ")
            let others = sheet.fields.compactMap { field -> String? in
                guard !sheet.key.contains(field.id), let value = row[field.id]?.text else {
                    return nil
                }
                return told(value, field)
            }
            let place = "\(title), \(texts("upload.row", ["number": number]))"
            return ([key] + others).joined(separator: ", ") + " (\(place))"
        }
    }

    /// "City: Bonn"
    func told(_ value: String, _ field: Field) -> String {
        let title = field.title.text(in: texts.language)
        if value.isEmpty { return "\(title): \(texts("upload.blank"))" }
        return "\(title): \(field.shown(value, in: texts.language))"
    }

    // MARK: - What it is

    /// "Companies: Create"
    func heading(_ operation: OperationDefinition?) -> String {
        guard let operation,
            let sheet = definition.sheets.first(where: { $0.id == operation.sheet })
        else { return texts("batch.whole") }
        let title = sheet.title.text(in: texts.language)
        let actions = operation.when?.actions ?? []
        guard actions.count == 1 else { return title }
        return "\(title): \(actions[0].title.text(in: texts.language))"
    }

    /// Headings of several kinds of steps, each another one: "Hosts: Link", "Hosts: Link (Owner)",
    /// by what of a row is asked beside its action.
    func headings(_ operations: [OperationDefinition?]) -> [String] {
        var counts: [String: Int] = [:]
        let plain = operations.map(heading)
        let told = zip(operations, plain).map { operation, heading in
            let isOne = plain.count { $0 == heading } == 1
            let sheet = definition.sheets.first { $0.id == operation?.sheet }
            let fields = (operation?.when?.fields ?? []).compactMap { id in
                sheet?.fieldIndex(id).flatMap { sheet?.fields[$0].title.text(in: texts.language) }
            }
            return isOne || fields.isEmpty
                ? heading : "\(heading) (\(fields.joined(separator: ", ")))"
        }
        return told.map { heading in
            counts[heading, default: 0] += 1
            let number = counts[heading] ?? 1
            return number == 1 ? heading : "\(heading) (\(number))"
        }
    }

    /// "Companies: Create, Acme"
    func name(_ step: OperationEntry) -> String {
        let heading = heading(definition.operations.first { $0.id == step.operation })
        if step.rowNumber == nil { return heading }
        return "\(heading), \(RecordSheet.name(ofStep: step.name))"
    }

    func kind(_ kind: String) -> String {
        texts("batch.kind_\(kind)", ["portal": definition.title])
    }

    /// What to do where the Definition does not say it.
    func instruction(ofKind kind: String) -> String {
        texts("batch.instruction_\(kind)", ["portal": definition.title])
    }

    /// Why it can't be done yet, and what to do about it; nil where nothing holds it any more.
    func hold(_ id: String?, settingsHref: String?) -> String? {
        switch id {
        case nil: return nil
        case "charges": return texts("batch.held")
        case let id:
            let holds = definition.holds(by: definition.settings)
            guard let hold = holds.first(where: { $0.id == id }) else { return nil }
            let who = texts(settingsHref == nil ? "batch.ask_administrator" : "batch.see_settings")
            return "\(hold.message.text(in: texts.language)) \(who)"
        }
    }

    /// Who said when what became of it.
    static func who(_ stamp: Stamp) -> String { "\(Site.when(stamp)), \(stamp.actor)" }
}

extension Condition {
    /// The fields of the row itself that it asks about, each once.
    fileprivate var fields: [String] {
        switch self {
        case .field(let id, _): return [id]
        case .all(let parts), .any(let parts):
            return parts.flatMap(\.fields).reduce(into: []) {
                if !$0.contains($1) { $0.append($1) }
            }
        case .not(let part): return part.fields
        case .action, .parent, .setting: return []
        }
    }

    /// The actions that it asks for.
    var actions: [Action] {
        switch self {
        case .action(let actions): actions
        case .all(let parts): parts.lazy.map(\.actions).first { !$0.isEmpty } ?? []
        default: []
        }
    }
}
