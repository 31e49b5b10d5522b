package import Portals

/// Which known record has a value that must be unique, judged on the state after the file: a record
/// that an update in the same file gives another value has lost the old one.
struct KnownOwners {
    struct Owner {
        var name: String
        var origin: String
    }

    private let fields: [Int]
    private let keyFields: [Int]
    private let types: [FieldType]
    private let records: [KnownRecord]
    /// Known records by value.
    private var byValue: [[UInt8]: Int] = [:]
    /// Rows of the sheet by record key.
    private var rowByKey: [[UInt8]: Int] = [:]

    /// Nil when no records of the sheet are known.
    init?(fields: [Int], _ judging: Judging) {
        let sheet = judging.sheetDefinition
        records = judging.known.records?.records(ofSheet: sheet.id) ?? []
        if records.isEmpty { return nil }
        self.fields = fields
        keyFields = judging.plan.sheets[judging.sheetStore.definitionIndex].keyFields
        types = sheet.fields.map(\.type)
        for (position, record) in records.enumerated() {
            if let value = key(of: record, fields) { byValue[value] = position }
        }
        var key: [UInt8] = []
        for row in judging.rows
        where keyFields.allSatisfy({ judging.form(row, $0) == .wellFormed }) {
            judging.key(of: keyFields, row, into: &key)
            rowByKey[key] = row
        }
    }

    func owner(of row: Int, _ judging: Judging) -> Owner? {
        var value: [UInt8] = []
        judging.key(of: fields, row, into: &value)
        guard let position = byValue[value] else { return nil }
        let record = records[position]
        if let recordKey = key(of: record, keyFields), let ownerRow = rowByKey[recordKey] {
            if ownerRow == row { return nil }
            if judging.actions[judging.sheet][ownerRow] == .update
                && givesUp(value, ownerRow, judging)
            {
                return nil
            }
        }
        let name = keyFields.compactMap { record.values[$0] }.joined(separator: ", ")
        return Owner(name: name, origin: record.origin)
    }

    private func givesUp(_ value: [UInt8], _ row: Int, _ judging: Judging) -> Bool {
        guard fields.allSatisfy({ judging.form(row, $0) == .wellFormed }) else { return false }
        var other: [UInt8] = []
        judging.key(of: fields, row, into: &other)
        return other != value
    }

    /// Nil when the record lacks one of the values.
    private func key(of record: KnownRecord, _ fields: [Int]) -> [UInt8]? {
        record.key(of: fields, types: types)
    }
}

extension KnownRecord {
    /// The normalised value of some fields; nil when one of them is not known.
    package func key(of fields: [Int], types: [FieldType]) -> [UInt8]? {
        var key: [UInt8] = []
        for field in fields {
            guard let value = values[field], !value.isEmpty else { return nil }
            if !key.isEmpty { key.append(0) }
            key += FieldKey.bytes(value, type: types[field])
        }
        return key
    }
}
