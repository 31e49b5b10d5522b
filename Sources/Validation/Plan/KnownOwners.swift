import Portals

/// Which known record has a value that must be unique.
struct KnownOwners {
    struct Owner {
        var name: String
        var origin: String
        /// The row that would have given it up, where that one is sent back.
        var keptBack: Place?
    }

    /// What stands between a row and its value.
    enum Claim {
        case free
        /// A record keeps the value.
        case taken(Owner)
        /// A record has the value until another row, if it is accepted, gives it another one.
        case givenUp(by: Int, Owner)
    }

    private let fields: [Int]
    private let keyFields: [Int]
    private let records: [KnownRecord]
    private let reader: KeyReader
    /// The values that known records have, and of each the record that came last.
    private var values = KeyTable()
    private var recordsOfValues: [Int] = []
    /// Room for the value of a row.
    private var value: [UInt8] = []
    /// Index of the sheet in the Definition.
    private let sheet: Int

    /// Nil when no records of the sheet are known.
    init?(fields: [Int], _ judging: Judging) {
        guard let known = judging.known.records else { return nil }
        records = known.records(ofSheet: judging.sheetDefinition.id)
        if records.isEmpty { return nil }
        self.fields = fields
        keyFields = judging.sheetPlan.keyFields
        reader = judging.identityReader(of: fields)
        sheet = judging.sheetStore.definitionIndex
        let types = fields.map { judging.sheetPlan.types[$0] }
        let lists = judging.lineLists(of: fields, ofSheet: sheet)
        for (position, record) in records.enumerated() {
            guard record.readKey(of: fields, fieldTypes: types, lists: lists, into: &value)
            else { continue }
            let (index, isNew) = values.add(value)
            if isNew { recordsOfValues.append(position) } else { recordsOfValues[index] = position }
        }
    }

    /// Judges on the state after the file: a record that an update gives another value has lost the
    /// old one.
    mutating func claim(of row: Int, _ judging: Judging) -> Claim {
        reader.key(row, into: &value)
        guard let position = values.position(of: value).map({ recordsOfValues[$0] }),
            judging.links.recordIndex(sheet: judging.sheet, row: row)?.index != position
        else { return .free }
        let record = records[position]
        let name = keyFields.compactMap { record.values[$0] }.joined(separator: ", ")
        let keptBack = judging.again?.before.row(ofRecord: position, sheet: sheet)
            .map { Place(sheet: $0.sheet, row: $0.index) }
        let owner = Owner(name: name, origin: record.origin, keptBack: keptBack)
        let link = judging.links.row(ofRecord: position, sheet: sheet)
        guard let ownerRow = link?.index, judging.asks(ownerRow, for: .update),
            judging.isWellFormed(fields, ownerRow),
            judging.identity(of: fields, ownerRow) != value
        else { return .taken(owner) }
        return .givenUp(by: ownerRow, owner)
    }
}
