import JSON
import Portals
import Validation

/// What the operations of a step carry: names and where each value comes from.
struct StepData {
    fileprivate enum Source {
        case field(Int)
        case value(Value)
        /// Of what a field refers to, a field by index of its sheet.
        case parent(Int, [Int: Int])
        /// What is known to refer to the rows' records, with the title of what it says.
        case children([LinkTarget: [String]], title: LocalizedText)
    }

    /// The fields of the sheet; none for what is done once.
    private let fields: [Field]
    /// What portals take for a value, by field.
    private let forms: [ValueForm]

    private let members: [(name: String, source: Source)]
    /// Whether a known record's fields that stay as they are, are left out.
    private let changesOnly: Bool
    private let hasAdded: Bool

    init(
        _ step: PlannedStep, of plan: BatchPlan, _ values: RecordValues
    ) {
        let operation = step.operation
        let sheet = step.sheet.map { values.sheetDefinition($0) }
        fields = sheet?.fields ?? []
        forms = fields.map(ValueForm.init)
        changesOnly = operation.changesOnly
        hasAdded = fields.contains(where: \.isAdded)
        members = operation.data.compactMap { name, source in
            switch source {
            case .field(let id): sheet?.fieldIndex(id).map { (name, .field($0)) }
            case .setting(let id):
                plan.settings[id].flatMap { $0.text == nil ? nil : (name, .value($0)) }
            case .constant(let value): (name, .value(value))
            case .parent(let field, let id):
                sheet?.fieldIndex(field).map {
                    (name, .parent($0, values.definition.fieldIndexes(of: id)))
                }
            case .children(let id, let by, let field):
                Self.children(
                    ListedChildren(ofSheet: id, by: by, in: step, of: plan), ofSheet: id,
                    field: field, in: values.definition
                ).map { (name, $0) }
            }
        }
    }

    /// Writes what is done once carries: settings and constants.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        for (name, source) in members {
            if case .value(let value) = source { json.member(name, value) }
        }
        json.endObject()
    }

    /// Writes what the operation for a row carries. Blank values are left out; the empty text
    /// empties a field.
    func write(_ values: RecordValues, sheet: Int, row: Int, to json: inout JSONWriter) {
        json.beginObject()
        for (name, source) in members {
            switch source {
            case .value(let value): json.member(name, value)
            case .field(let field):
                guard !hasAdded || !fields[field].isAdded, saysAnew(field, values, sheet, row)
                else { continue }
                json.member(name, values, sheet: sheet, row: row, field: field, forms[field])
            case .parent(let field, let others):
                let target = values.verdicts.links.target(sheet: sheet, row: row, field: field)
                guard let target, let other = others[values.definitionIndex(of: target)] else {
                    continue
                }
                let text = values.text(of: target, field: other)
                if !text.isEmpty { json.member(name, text) }
            case .children(let texts, _):
                guard let texts = texts[.row(row, sheet: sheet)] else { continue }
                json.key(name)
                json.beginArray()
                for text in texts { json.string(text) }
                json.endArray()
            }
        }
        writeAdded(values, sheet: sheet, row: row, to: &json)
        json.endObject()
    }

    /// Writes `"extra":{"Account manager":"Ann"}`: what a row says in columns a reseller added.
    private func writeAdded(
        _ values: RecordValues, sheet: Int, row: Int, to json: inout JSONWriter
    ) {
        guard hasAdded else { return }
        let added = self.fields(values, sheet: sheet, row: row).filter { fields[$0].isAdded }
        if added.isEmpty { return }
        json.key("extra")
        json.beginObject()
        for field in added {
            let title = fields[field].title.text(in: "en")
            json.member(title, values, sheet: sheet, row: row, field: field, forms[field])
        }
        json.endObject()
    }

    private func saysAnew(_ field: Int, _ values: RecordValues, _ sheet: Int, _ row: Int) -> Bool {
        !changesOnly || values.isNewOrChanged(sheet: sheet, row: row, field: field)
    }

    /// The fields a row's operation carries.
    func fields(_ values: RecordValues, sheet: Int, row: Int) -> [Int] {
        members.compactMap { _, source in
            guard case .field(let field) = source, saysAnew(field, values, sheet, row),
                !values.isBlank(sheet: sheet, row: row, field: field)
            else { return nil }
            return field
        }
    }
}

extension StepData {
    /// What is known to refer to a row's record, as people read it: `Room: Board, Lobby`.
    func children(
        sheet: Int, row: Int, in language: String
    ) -> [(title: String, texts: [String])] {
        members.compactMap { _, source in
            guard case .children(let texts, let title) = source,
                let own = texts[.row(row, sheet: sheet)]
            else { return nil }
            return (title.text(in: language), own)
        }
    }
}

extension StepData {
    /// What known records say that refer to a row's, by that row.
    private static func children(
        _ children: ListedChildren?, ofSheet id: String, field: String, in definition: Definition
    ) -> Source? {
        guard let children, let sheet = definition.sheets.first(where: { $0.id == id }),
            let field = sheet.fieldIndex(field)
        else { return nil }
        return .children(children.texts(ofField: field), title: sheet.fields[field].title)
    }
}

extension JSONWriter {
    /// A member with the value of a field; that of an empty one when the row empties it, and no
    /// member when it says nothing.
    mutating func member(
        _ name: String, _ values: RecordValues, sheet: Int, row: Int, field: Int,
        _ form: ValueForm
    ) {
        values.withBytes(sheet: sheet, row: row, field: field) { bytes in
            guard !bytes.isEmpty else { return }
            key(name)
            if values.isCleared(sheet: sheet, row: row, by: bytes) {
                raw(form.emptied.utf8)
            } else {
                value(bytes, as: form)
            }
        }
    }

    /// A member with a plain value of the Definition.
    fileprivate mutating func member(_ name: String, _ value: Value) {
        switch value {
        case .boolean(let flag): member(name, flag)
        case .integer(let number): member(name, number)
        default: member(name, value.text)
        }
    }

    private mutating func value(_ bytes: UnsafeBufferPointer<UInt8>, as form: ValueForm) {
        switch form {
        case .number, .flag: raw(bytes)
        case .country(let form):
            string(CountryText.text(String(decoding: bytes, as: UTF8.self), as: form))
        case .text: string(utf8: bytes)
        }
    }

    /// `"source":{"sheet":"Customers","row":2}`: where a row stood in the workbook that was
    /// uploaded first.
    mutating func source(_ rows: SheetStore, row: Int) {
        key("source")
        beginObject()
        member("sheet", rows.name)
        member("row", rows.originalRowNumber(row))
        endObject()
    }
}

extension Definition {
    /// A field of that id by index of each sheet that has one.
    fileprivate func fieldIndexes(of id: String) -> [Int: Int] {
        Dictionary(
            uniqueKeysWithValues: sheets.enumerated().compactMap { index, sheet in
                sheet.fieldIndex(id).map { (index, $0) }
            })
    }
}
