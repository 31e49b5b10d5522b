package import Portals

/// Which known record has a value that must be unique.
struct KnownOwners {
    struct Owner {
        var name: String
        var origin: String
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
    /// Known records by value.
    private var byValue: [[UInt8]: Int] = [:]
    /// Index of the sheet in the Definition.
    private let sheet: Int

    /// Nil when no records of the sheet are known.
    init?(fields: [Int], _ judging: Judging) {
        guard let known = judging.known.records else { return nil }
        records = known.records(ofSheet: judging.sheetDefinition.id)
        if records.isEmpty { return nil }
        self.fields = fields
        keyFields = judging.sheetPlan.keyFields
        let types = judging.sheetPlan.types
        for (position, record) in records.enumerated() {
            if let value = record.key(of: fields, types: types) { byValue[value] = position }
        }
        self.sheet = judging.sheetStore.definitionIndex
    }

    /// Judges on the state after the file: a record that an update gives another value has lost the
    /// old one.
    func claim(of row: Int, _ judging: Judging) -> Claim {
        let value = judging.key(of: fields, row)
        guard let position = byValue[value],
            judging.links.recordIndex(sheet: judging.sheet, row: row)?.index != position
        else { return .free }
        let record = records[position]
        let name = keyFields.compactMap { record.values[$0] }.joined(separator: ", ")
        let owner = Owner(name: name, origin: record.origin)
        let link = judging.links.row(ofRecord: position, sheet: sheet)
        guard let ownerRow = link?.index, judging.asks(ownerRow, for: .update),
            judging.isWellFormed(fields, ownerRow), judging.key(of: fields, ownerRow) != value
        else { return .taken(owner) }
        return .givenUp(by: ownerRow, owner)
    }
}

extension KnownRecord {
    /// The normalised value of some fields; nil when one of them is not known.
    ///
    /// - Parameter types: of all fields of the sheet.
    package func key(of fields: [Int], types: [FieldType]) -> [UInt8]? {
        key(of: fields, fieldTypes: fields.map { types[$0] })
    }

    /// - Parameter fieldTypes: one for each of the fields.
    func key(of fields: [Int], fieldTypes: [FieldType]) -> [UInt8]? {
        var key: [UInt8] = []
        for (field, type) in zip(fields, fieldTypes) {
            guard let value = values[field], !value.isEmpty else { return nil }
            if !key.isEmpty { key.append(0) }
            key += FieldKey.bytes(value, type: type)
        }
        return key
    }
}
