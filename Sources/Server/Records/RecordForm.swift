import Foundation
import Ledger
import Portals
import Validation

/// The form that asks for one thing: a row of a sheet, a field for each of its columns.
struct RecordForm {
    let view: RecordSheet
    let action: Action
    /// What it is about; nil for something new.
    let record: RecordEntry?
    /// Whose page leads to it; nil where the list does.
    var parent: Parent?
    /// What somebody chooses from, by field.
    var choices: [Int: FieldChoices] = [:]

    /// The record on whose page somebody asked for it.
    struct Parent {
        let place: FormOrigin.Parent
        let view: RecordSheet
        let record: RecordEntry

        var name: String { view.name(of: record.values) }
        var path: String { "\(view.path)/\(record.id)" }
    }

    /// What a field is called where it is sent.
    static func name(of field: String) -> String { "field.\(field)" }

    /// The columns that somebody fills in.
    var editable: [Int] {
        switch action {
        case .update: open.filter { !isFixed($0) }
        case .link, .givePersonalRoom:
            open.filter { record == nil || !view.sheet.key.contains(view.sheet.fields[$0].id) }
        case _ where record != nil: []
        default: open
        }
    }

    /// Portals tell the others.
    private var open: [Int] {
        view.sheet.fields.indices.filter { field in
            !view.sheet.fields[field].rules.contains { $0.kind == "readOnly" && $0.when == nil }
        }
    }

    /// What a record is found by stays as it is, but for what may be renamed.
    private func isFixed(_ field: Int) -> Bool {
        let id = view.sheet.fields[field].id
        return view.sheet.key.contains(id) && !view.sheet.renamed.contains(id)
    }

    /// What is told beside the fields: what it is about.
    private var fixed: [Int] {
        guard record != nil else { return [] }
        return view.sheet.key.compactMap(view.sheet.fieldIndex).filter { !editable.contains($0) }
    }

    // MARK: - The page

    /// "Create new company", "Edit company: Acme", "Delete: Acme".
    private var title: String {
        record.map { "\(heading): \(view.name(of: $0.values))" } ?? view.heading(action)
    }

    private var heading: String {
        if record != nil && action == .link { return view.heading(.update) }
        let isPlain = record == nil || action == .update
        return isPlain ? view.heading(action) : view.title(of: action)
    }

    /// - Parameter typed: what stood in the fields when the form came back, or was asked for.
    func values(_ typed: Form?, error: String? = nil) -> PageValues {
        var values: PageValues = [
            "title": title,
            "fixed": fixed.map { field -> PageValues in
                [
                    "title": view.title(ofField: field),
                    "value": view.shown(record?.values ?? [], field),
                ]
            },
            "hasFixed": !fixed.isEmpty, "fields": editable.map { self.field($0, typed) },
            "hasFields": !editable.isEmpty, "actionSlug": action.slug,
            "backHref": parent?.path ?? record.map { "\(view.path)/\($0.id)" } ?? view.path,
            "buttonText": view.texts("records.check"),
        ]
        if let error { values["error"] = error }
        return values
    }

    private func field(_ index: Int, _ typed: Form?) -> PageValues {
        let field = view.sheet.fields[index]
        let name = Self.name(of: field.id)
        let old = record.map { view.shown($0.values, index) } ?? ""
        var value = typed.map { $0[name] } ?? old
        var values: PageValues = [
            "id": "field-\(field.id.replacing(".", with: "-"))", "name": name,
            "title": view.title(ofField: index), "value": value,
            "isRequired": field.isRequired && record == nil && action != .unlink,
        ]
        if let help = field.prompt?.text(in: view.texts.language) { values["help"] = help }
        if let choices = choices[index], choices.isSelect {
            // Who has no choice need not choose.
            if value.isEmpty, record == nil, field.isRequired, choices.words.count == 1 {
                value = choices.words[0]
            }
            values["isSelect"] = true
            values["options"] = choices.options(for: value)
            return values
        }
        switch field.type {
        case .date: values["isDate"] = true
        case .text where field.takesLines: values["isLines"] = true
        default:
            values["isText"] = true
            if field.type == .integer { values["mode"] = "numeric" }
            if field.type == .email { values["mode"] = "email" }
        }
        if let names = choices[index]?.words, !names.isEmpty { values["names"] = names }
        values["hasNames"] = values["names"] != nil
        return values
    }

    // MARK: - The row

    /// The form as if somebody had filled in some of its fields, by their ids.
    func filled(_ values: [String: String]) -> Form {
        Form(
            fields: editable.map { field in
                let id = view.sheet.fields[field].id
                let old = record.map { view.shown($0.values, field) } ?? ""
                return (Self.name(of: id), values[id] ?? old)
            })
    }

    /// The form as a row of a workbook; nil when nothing was filled in.
    func row(_ typed: Form) -> RecordRow? {
        var row = RecordRow(view: view, id: record?.id)
        for field in fixed {
            row.cells.append((field, view.shown(record?.values ?? [], field)))
        }
        var isBlank = record == nil
        for field in editable {
            let text = typed[Self.name(of: view.sheet.fields[field].id)]
                .replacing("\r\n", with: "\n")
            let old = record.map { view.shown($0.values, field) } ?? ""
            if !text.trimmed.isEmpty { isBlank = false }
            // In a workbook a blank cell changes nothing.
            let isCleared = text.trimmed.isEmpty && !old.isEmpty
            row.cells.append((field, isCleared ? Action.clearWord : text))
        }
        row.action = action
        return isBlank ? nil : row
    }

    /// What the upload is called: "Create new company – Acme.xlsx".
    func fileName(_ typed: Form) -> String {
        let name =
            record.map { view.name(of: $0.values) }
            ?? view.sheet.key.map { typed[Self.name(of: $0)].trimmed }
            .filter { !$0.isEmpty }.joined(separator: ", ")
        // Signs that some system takes for its own.
        let plain = "\(heading.replacing(": ", with: " – ")) – \(name)".unicodeScalars.filter {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                && !"/\\:*?\"<>|".unicodeScalars.contains($0)
        }
        let text = String(String.UnicodeScalarView(plain)).prefix(SiteLimits.fileNameLengthMax)
        return "\(String(text).trimmed).xlsx"
    }
}
