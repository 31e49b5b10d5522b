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
    private let types: [FieldType]
    private let records: [KnownRecord]
    /// Known records by value.
    private var byValue: [[UInt8]: Int] = [:]
    /// The row about each known record.
    private var rows: [Int?]

    /// Nil when no records of the sheet are known.
    init?(fields: [Int], _ judging: Judging) {
        let sheet = judging.sheetDefinition
        guard let known = judging.known.records else { return nil }
        records = known.records(ofSheet: sheet.id)
        if records.isEmpty { return nil }
        self.fields = fields
        keyFields = judging.sheetPlan.keyFields
        types = judging.sheetPlan.types
        for (position, record) in records.enumerated() {
            if let value = record.key(of: fields, types: types) { byValue[value] = position }
        }
        rows = Array(repeating: nil, count: records.count)
        for row in judging.rows where judging.isWellFormed(keyFields, row) {
            let key = judging.key(of: keyFields, row)
            if let position = known.index(ofKey: key, inSheet: sheet.id) { rows[position] = row }
        }
    }

    /// Judges on the state after the file: a record that an update gives another value has lost the
    /// old one.
    func claim(of row: Int, _ judging: Judging) -> Claim {
        let value = judging.key(of: fields, row)
        guard let position = byValue[value], rows[position] != row else { return .free }
        let record = records[position]
        if judging.isWellFormed(keyFields, row),
            record.key(of: keyFields, types: types) == judging.key(of: keyFields, row)
        {
            return .free
        }
        let name = keyFields.compactMap { record.values[$0] }.joined(separator: ", ")
        let owner = Owner(name: name, origin: record.origin)
        guard let ownerRow = rows[position], judging.asks(ownerRow, for: .update),
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
