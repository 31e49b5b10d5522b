import Foundation
import Ledger
import Portals
import Validation

/// A sheet of a Definition, in the words of its pages: all that a page says of customers comes from
/// here.
struct RecordSheet {
    let definition: Definition
    let sheet: SheetDefinition
    let texts: PageTexts

    var path: String { "/portals/\(definition.portal)/records/\(sheet.id)" }
    var title: String { sheet.title.text(in: texts.language) }
    var noun: String { sheet.noun.text(in: texts.language) }
    private var key: [Int] { sheet.key.compactMap(sheet.fieldIndex) }

    /// Another sheet of the same Definition.
    func other(_ sheet: SheetDefinition) -> RecordSheet {
        RecordSheet(definition: definition, sheet: sheet, texts: texts)
    }

    // MARK: - Values

    /// What people call a value.
    func shown(_ values: [String?], _ field: Int) -> String {
        guard let value = values[field], !value.isEmpty else { return "" }
        return sheet.fields[field].shown(value, in: texts.language)
    }

    /// What a record is called: its key.
    func name(of values: [String?]) -> String {
        key.map { shown(values, $0) }.joined(separator: " / ")
    }

    /// Leads to the portal; nil where nobody knows where that is.
    var portalLink: PageValues? { Site.portalLink(definition, texts) }

    /// Leads to where the portal shows a record, else to the portal.
    func portalLink(to values: [String?]) -> PageValues? {
        guard let address = portalAddress(of: values) else { return portalLink }
        return [
            "href": address,
            "text": texts("records.open_in_portal", ["portal": definition.title]),
        ]
    }

    /// Where the portal shows a record; nil where nobody knows.
    func portalAddress(of values: [String?]) -> String? {
        sheet.link?.address(with: definition.settings) { id in
            sheet.fieldIndex(id).flatMap { values[$0] }
        }
    }

    /// The columns of a table: the first that say something, and not what the name says.
    func columns(of entries: [RecordEntry]) -> [Int] {
        let told = sheet.fields.indices.filter { field in
            !key.contains(field)
                && entries.contains { entry in
                    let text = shown(entry.values, field)
                    return !text.isEmpty && text != name(of: entry.values)
                }
        }
        return Array(told.prefix(SiteLimits.columnCountMax))
    }

    /// The field that tells how many of a family there are.
    func fieldCounting(_ family: RecordFamily) -> Int? {
        sheet.fields.firstIndex { $0.counts == definition.sheets[family.sheet].id }
    }

    func title(ofField field: Int) -> String { sheet.fields[field].title.text(in: texts.language) }

    // MARK: - What may be asked for

    /// What is asked for without one that is known.
    var firstActions: [Action] { sheet.makesRecords ? [.create] : sheet.actions }

    /// What may be asked for one that is known.
    var laterActions: [Action] {
        sheet.isRemembered ? sheet.actions.filter { $0 != .create } : []
    }

    /// What asks for something of one that is known: to link it again is to say more of the link.
    func laterTitle(of action: Action) -> String {
        action == .link ? texts("records.edit_button") : title(of: action)
    }

    /// What a link is called by one that it joins: by all of its key that does not say that one,
    /// and what else it says.
    func name(ofLink values: [String?], besides fields: [Int]) -> (name: String, notes: String) {
        let name = key.filter { !fields.contains($0) }.map { shown(values, $0) }
        let notes = sheet.fields.indices.filter { !key.contains($0) }.compactMap {
            field -> String? in
            let value = shown(values, field)
            if value.isEmpty { return nil }
            guard sheet.fields[field].type == .boolean else {
                return "\(title(ofField: field)): \(value)"
            }
            let answer = YesNoText.value(of: values[field] ?? "")
            return answer == true ? title(ofField: field) : nil
        }
        return (name.joined(separator: " / "), notes.joined(separator: ", "))
    }

    /// "Create new company", "Edit company", "Hosts: Link".
    func heading(_ action: Action) -> String {
        switch action {
        case .create: texts("records.create", ["noun": noun])
        case .update: texts("records.edit", ["noun": noun])
        default: "\(title): \(title(of: action))"
        }
    }

    /// The same beside the sheet's title.
    func button(_ action: Action) -> String {
        action == .create ? heading(action) : title(of: action)
    }

    func title(of action: Action) -> String {
        action == .update ? texts("records.edit_button") : action.title.text(in: texts.language)
    }

    /// The form that asks for something of no known one.
    func newPath(_ action: Action) -> String {
        action == firstActions.first ? "\(path)/new" : "\(path)/new?action=\(action.slug)"
    }

    // MARK: - Standing

    func standing(_ standing: RecordStanding) -> PageValues {
        let kinds: [RecordStanding: String] = [
            .waiting: "open", .there: "done", .takenBack: "plain",
        ]
        return [
            "stateKind": kinds[standing] ?? "refused",
            "stateText": texts("records.\(standing.rawValue)", ["portal": definition.title]),
        ]
    }

    /// When a row came, and by what.
    func origin(_ origin: RecordOrigin) -> PageValues {
        var values: PageValues = [
            "when": Site.when(origin.stamp), "by": origin.stamp.actor,
            "workbook": origin.workbookName,
        ]
        if let upload = origin.upload { values["uploadHref"] = "/uploads/\(upload)" }
        if !origin.isAdopted {
            values["batchHref"] = "/batches/\(origin.attempt)"
            values["batchText"] = texts("page.batch", ["number": "\(origin.attempt)"])
        }
        return values
    }

    /// The parts of its key as people read them: of `portal.room.create/Acme/Room%201`.
    static func name(ofStep name: String) -> String {
        name.split(separator: "/").dropFirst().map(PercentEncoding.decoded)
            .joined(separator: " / ")
    }

    /// A step of it, and how far it is.
    ///
    /// - Parameter line: what the batch says of it; nil where its files are gone.
    func step(_ step: OperationEntry, _ line: BatchLines.Line?) -> PageValues {
        let (kind, key) = step.state.words
        let words = StepWords(definition: definition, texts: texts)
        let operation = definition.operations.first { $0.id == step.operation }
        var values: PageValues = [
            "kindText": words.kind(step.kind), "stateKind": kind,
            "stateText": texts("step.\(key)"),
            "name": Self.name(ofStep: step.name),
        ]
        let text =
            words.instruction(operation, line.map { [$0] } ?? [])
            ?? line.flatMap { words.todo(operation, $0) }
        if let text { values["text"] = text.split(separator: "\n").first.map(String.init) ?? text }
        if let stamp = step.stamp { values["who"] = StepWords.who(stamp) }
        if let note = step.note, !note.isEmpty { values["note"] = note }
        return values
    }
}

extension Action {
    /// In an address: `edit`, `reset-password`.
    var slug: String {
        self == .update ? "edit" : rawValue.lowercased().replacing(" ", with: "-")
    }
}
