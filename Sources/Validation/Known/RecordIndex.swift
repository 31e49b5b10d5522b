import Portals

/// What the known records of a sheet are looked up by: some of their fields together, normalised.
///
/// A memory keeps its records under these, so that judging a workbook asks for the records that
/// have to do with it, however many there are.
package struct RecordIndex: Sendable, Equatable {
    /// The sheet's index in the Definition.
    package let sheet: Int
    package let fields: [Int]
    /// How each of the fields compares: that of what it refers to, for a reference.
    let types: [FieldType]
    /// What it is called where records are kept, the same as long as the Definition says the same:
    /// `name`, `company+room`, `company>text` for a field that refers to what has texts as names.
    package let name: String

    init(_ sheet: Int, _ fields: [Int], types: [FieldType]? = nil, in definition: Definition) {
        let all = definition.sheets[sheet].fields
        self.sheet = sheet
        self.fields = fields
        self.types = types ?? fields.map { all[$0].type }
        let ids = fields.map { all[$0].id }.joined(separator: "+")
        name = types == nil ? ids : "\(ids)>\(self.types.map(\.rawValue).joined(separator: "+"))"
    }

    /// The records of a sheet by fields that are compared with others of these types.
    init(_ sheet: Int, _ fields: [Int], comparedAs types: [FieldType], in definition: Definition) {
        let own = fields.map { definition.sheets[sheet].fields[$0].type }
        self.init(sheet, fields, types: types == own ? nil : types, in: definition)
    }

    /// A sheet has one of a name.
    package static func == (left: RecordIndex, right: RecordIndex) -> Bool {
        left.sheet == right.sheet && left.name == right.name
    }

    /// What a record is found by; nil for one that lacks a part of it.
    package func key(of record: KnownRecord) -> [UInt8]? {
        record.key(of: fields, fieldTypes: types)
    }
}

/// All that the known records of a portal are looked up by.
package struct RecordIndexes: Sendable {
    /// By sheet of the Definition. The first one of a sheet is that of its key.
    package private(set) var ofSheets: [[RecordIndex]]
    /// What each reference leads to, by sheet, then field.
    private(set) var references: [[RecordReference]]
    /// By sheet, fields of its rows that are looked for among the records of another one.
    private(set) var ofOthers: [[(fields: [Int], target: RecordIndex)]]
    /// Those by which rules count what refers to one record.
    private(set) var counted: [RecordReference] = []
    /// Sheets all of whose records a rule looks at.
    package private(set) var wholeSheets: [Int]

    init(_ definition: Definition, _ rules: [any Rule]) {
        let sheets = definition.sheets
        ofSheets = sheets.indices.map { [RecordIndex($0, sheets[$0].keyFields, in: definition)] }
        ofOthers = sheets.map { _ in [] }
        references = sheets.indices.map { sheet in
            sheets[sheet].fields.indices.compactMap {
                RecordReference(field: $0, ofSheet: sheet, in: definition)
            }
        }
        wholeSheets = Set(rules.flatMap(\.sheetsReadWhole)).sorted()
        let listed = definition.operations.flatMap { $0.data.compactMap(definition.children) }
        for (sheet, field) in rules.flatMap(\.childrenCounted) + listed {
            counted += references[sheet].filter { $0.field == field }
        }
        let keys = sheets.enumerated().map { index, sheet in
            ValueLookup(
                sheet: index, fields: sheet.keyFields, among: index, otherFields: sheet.keyFields)
        }
        for lookup in keys + rules.flatMap(\.valuesLookedUp) { add(lookup, in: definition) }
        for target in references.joined().flatMap(\.targets) { add(target) }
        for reference in counted { add(reference.index) }
    }

    private mutating func add(_ index: RecordIndex) {
        if ofSheets[index.sheet].contains(index) { return }
        ofSheets[index.sheet].append(index)
    }

    /// What is known on another sheet that describes the same thing is known on the own one too.
    private mutating func add(_ lookup: ValueLookup, in definition: Definition) {
        let types = lookup.fields.map { definition.sheets[lookup.sheet].fields[$0].type }
        let first = RecordIndex(
            lookup.other, lookup.otherFields, comparedAs: types, in: definition)
        let twins = definition.twins(of: lookup.other).compactMap { twin -> RecordIndex? in
            let ids = lookup.otherFields.map { definition.sheets[lookup.other].fields[$0].id }
            let fields = ids.compactMap { definition.sheets[twin].fieldIndex($0) }
            return fields.count == ids.count
                ? RecordIndex(twin, fields, comparedAs: types, in: definition) : nil
        }
        for target in [first] + twins {
            add(target)
            if target.sheet == lookup.sheet { continue }
            ofOthers[lookup.sheet].append((lookup.fields, target))
        }
    }

    /// What a record refers to.
    ///
    /// - Parameter sheet: the record's, by its index in the Definition.
    package func parents(
        of record: KnownRecord, ofSheet sheet: Int
    ) -> [(index: RecordIndex, key: [UInt8])] {
        references[sheet].flatMap { reference in
            reference.index.key(of: record).map { key in reference.targets.map { ($0, key) } } ?? []
        }
    }

    /// Whether records of a sheet may refer to those of another.
    package func refers(sheet: Int, to other: Int) -> Bool {
        references[sheet].contains { $0.targets.contains { $0.sheet == other } }
    }

    /// What the records are kept under, in words: another text means to keep them anew.
    package var signature: String {
        ofSheets.map { $0.map(\.name).joined(separator: ",") }.joined(separator: ";")
    }
}

/// A field that refers to records.
struct RecordReference: Sendable {
    let field: Int
    /// Of the referring records, by what they refer to.
    let index: RecordIndex
    /// Of what is referred to.
    let targets: [RecordIndex]

    /// Nil for a field that refers to nothing.
    init?(field: Int, ofSheet sheet: Int, in definition: Definition) {
        let own = definition.sheets[sheet]
        guard let reference = own.reference(ofField: own.fields[field].id) else { return nil }
        let by = reference.by.compactMap { own.fieldIndex($0) }
        targets = (reference.sheets + reference.wrongSheets).compactMap { id in
            guard let index = definition.sheets.firstIndex(where: { $0.id == id }) else {
                return nil
            }
            let other = definition.sheets[index]
            let to = (reference.to ?? other.key).compactMap { other.fieldIndex($0) }
            return to.count == by.count ? RecordIndex(index, to, in: definition) : nil
        }
        guard let first = targets.first else { return nil }
        self.field = field
        index = RecordIndex(sheet, by, types: first.types, in: definition)
    }
}

extension Definition {
    /// The field by which an operation finds what it tells of the records that refer to its own.
    fileprivate func children(of member: (name: String, source: DataSource)) -> (Int, Int)? {
        guard case .children(let id, let by, _) = member.source,
            let sheet = sheets.firstIndex(where: { $0.id == id }),
            let field = sheets[sheet].fieldIndex(by)
        else { return nil }
        return (sheet, field)
    }
}
