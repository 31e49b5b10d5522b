/// One kind of thing to do at the portal.
package struct OperationDefinition: Sendable {
    /// How it reaches the portal.
    package enum Kind: String, Sendable, CaseIterable {
        case http, file, manual, wait
    }

    package var id: String
    /// The sheet whose rows it is made for; nil for what is done once a batch.
    package var sheet: String?
    /// Which of those rows.
    package var when: Condition?
    package var kind: Kind
    /// Done once for the whole batch: when its list has a line; without a list, when any of `after`
    /// is in the batch, or always when there are none.
    package var once: Bool
    /// Ids of operations that come first: of the same record, or, for a `once` one, of the batch.
    package var after: [String]
    /// Those of them that come first whatever rows they are of.
    package var afterAll: [String]
    /// The workbook a `file` operation's row is written to: `upload`.
    package var file: String?
    /// What it carries, in this order: name and source.
    package var data: [(name: String, source: DataSource)]
    /// Whether `data` holds only what changes (and the names of what changes are told).
    package var changesOnly: Bool
    /// The step as a person reads it.
    package var text: LocalizedText?
    /// For a `once` operation: each row that one of these applies to is a line of the step's list.
    package var lists: [OperationList]
    /// The setting that prices it: the rows it applies to are charged for.
    package var charge: String?
    /// Whether it may be skipped.
    package var optional: Bool
    /// Who gets mail by it, and when; nil when nobody does.
    package var mail: LocalizedText?
    /// Whether sending that mail is all it does, although it carries data.
    package var isApart: Bool
    /// How soon the portal takes it again for the same row's subject; nil: at once.
    package var interval: StepInterval?
}

/// Where a value that an operation carries comes from.
package enum DataSource: Sendable {
    case field(String)
    case setting(String)
    /// A text, a number, or true or false.
    case constant(Value)
    /// A field of what a field of this row refers to.
    case parent(field: String, id: String)
    /// A field of each known record of a sheet that refers to this row's by one of its fields, but
    /// for those that a row is about.
    case children(sheet: String, by: String, id: String)
}

extension DataSource {
    /// Reads a field's id, `{setting: NAME}`, `{constant: TEXT}`, `{parent: FIELD, field: ID}` or
    /// `{children: SHEET, by: FIELD, field: ID}`; nil for anything else.
    package init?(_ value: Value) {
        guard case .table(let members) = value else {
            guard let id = value.text else { return nil }
            self = .field(id)
            return
        }
        if members.count == 1, members[0].name == "constant", members[0].value.text != nil {
            self = .constant(members[0].value)
            return
        }
        let texts = members.compactMap { member in member.value.text.map { (member.name, $0) } }
        guard texts.count == members.count else { return nil }
        switch (texts.map(\.0), texts.map(\.1)) {
        case (["setting"], let names): self = .setting(names[0])
        case (["parent", "field"], let ids): self = .parent(field: ids[0], id: ids[1])
        case (["children", "by", "field"], let ids):
            self = .children(sheet: ids[0], by: ids[1], id: ids[2])
        default: return nil
        }
    }
}

/// The rows of one sheet that a `once` step names one by one.
package struct OperationList: Sendable {
    package var sheet: String
    package var when: Condition?
    /// The fields each line shows.
    package var fields: [String]
}
