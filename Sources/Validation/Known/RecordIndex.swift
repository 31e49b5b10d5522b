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
    /// By sheet: what no two of its records share.
    package let ofOwners: [[RecordIndex]]
    /// By sheet: the days of trials, by which no workbook is judged.
    private let ofTrials: [[RecordIndex]]
    /// What each reference leads to, by sheet, then field.
    private(set) var references: [[RecordReference]]
    /// By sheet, fields of its rows that are looked for among the records of another one.
    private(set) var ofOthers: [[(fields: [Int], target: RecordIndex)]]
    /// Those by which rules count what refers to one record.
    private(set) var counted: [RecordReference] = []
    /// What says the names of records that rows may rename.
    private(set) var following: [RecordReference] = []
    /// What links must refer to.
    package private(set) var ends: [LinkEnd] = []
    /// Links, by all that they refer to: so people find them.
    private(set) var joining: [RecordIndex] = []
    /// By sheet, the names that its records say of what rows may rename, also of what that is
    /// called by in turn, each with what it names.
    package private(set) var namings: [[(said: RecordIndex, of: [RecordIndex])]] = []
    /// Sheets all of whose records a rule looks at.
    package private(set) var wholeSheets: [Int]

    init(_ definition: Definition, _ rules: [any Rule]) {
        let sheets = definition.sheets
        ofSheets = sheets.indices.map { [RecordIndex($0, sheets[$0].keyFields, in: definition)] }
        let unique = rules.compactMap { ($0 as? UniqueRule)?.valuesOwned }
        ofOwners = ofSheets.map { keys in
            keys
                + unique.filter { $0.sheet == keys[0].sheet }.map {
                    RecordIndex($0.sheet, $0.fields, in: definition)
                }
        }
        ofTrials = sheets.indices.map { sheet in
            let trial = sheets[sheet].trial
            return [trial?.ends, trial?.begins].compactMap { $0 }
                .compactMap(sheets[sheet].fieldIndex)
                .map { RecordIndex(sheet, [$0], in: definition) }
        }
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
        let renamable = renamable(sheets)
        following = references.joined().filter { reference in
            reference.targets.contains { renamable[$0.sheet] }
        }
        ends = references.joined().compactMap { LinkEnd($0, in: definition) }
        joining = references.joined().filter { sheets[$0.index.sheet].makesLinks }.map(\.index)
        for index in (counted + following).map(\.index) + joining { add(index) }
        namings = sheets.indices.map { sheet in
            definition.namings(ofSheet: sheet).filter { naming in
                naming.targets.contains { renamable[$0.sheet] }
            }.map { naming in
                let targets = naming.targets.map { RecordIndex($0.sheet, $0.to, in: definition) }
                return (
                    RecordIndex(sheet, naming.by, types: targets[0].types, in: definition), targets
                )
            }
        }
    }

    /// By sheet, whether its records' names may change: by rows, or with the names of what they
    /// belong to.
    private func renamable(_ sheets: [SheetDefinition]) -> [Bool] {
        var renamable = sheets.map { !$0.renamed.isEmpty }
        var isDone = false
        while !isDone {
            isDone = true
            for (sheet, definition) in sheets.enumerated() where !renamable[sheet] {
                let key = Set(definition.keyFields)
                renamable[sheet] = references[sheet].contains { reference in
                    !key.isDisjoint(with: reference.index.fields)
                        && reference.targets.contains { renamable[$0.sheet] }
                }
                if renamable[sheet] { isDone = false }
            }
        }
        return renamable
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

    /// What says the name of a record that is given other values.
    ///
    /// - Parameter sheet: the record's, by its index in the Definition.
    package func followers(
        of record: KnownRecord, renamedTo other: KnownRecord, ofSheet sheet: Int
    ) -> [RecordFollowers] {
        following.flatMap { reference in
            reference.targets.enumerated().compactMap { position, target in
                guard target.sheet == sheet, let key = target.key(of: record) else { return nil }
                let names = target.fields.compactMap { other.values[$0] }
                guard names.count == target.fields.count,
                    names != target.fields.compactMap({ record.values[$0] })
                else { return nil }
                return RecordFollowers(
                    index: reference.index, key: key, names: names,
                    others: Array(reference.targets[..<position]))
            }
        }
    }

    /// Whether records of a sheet may refer to those of another.
    package func refers(sheet: Int, to other: Int) -> Bool {
        references[sheet].contains { $0.targets.contains { $0.sheet == other } }
    }

    /// By sheet: all that records are kept under, each once.
    package var kept: [[RecordIndex]] {
        zip(ofSheets, ofTrials).map { own, days in own + days.filter { !own.contains($0) } }
    }

    /// The same in words: another text means to keep them anew.
    package var signature: String {
        let names = kept.map { $0.map(\.name).joined(separator: ",") }
        return "\(NameKey.version);" + names.joined(separator: ";")
    }
}

/// Records that say the name of one that is renamed.
package struct RecordFollowers: Sendable {
    /// What they are found by, and whose fields say the name.
    package let index: RecordIndex
    /// The former name, normalised.
    package let key: [UInt8]
    /// By field of the index.
    package let names: [String]
    /// What has the name instead, if anything does that is looked for first.
    package let others: [RecordIndex]
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
