package import Portals

/// The customers known before the workbook came, by sheet of the Definition.
package struct KnownRecords: Sendable {
    /// By sheet id.
    private var sheets: [String: KnownSheet] = [:]

    package init() {}

    /// The records of one sheet, in the order of adding.
    package func records(ofSheet id: String) -> [KnownRecord] { sheets[id]?.records ?? [] }

    package var count: Int { sheets.values.reduce(0) { $0 + $1.records.count } }

    /// Adds a record; one with the same key is replaced.
    package mutating func add(_ record: KnownRecord, key: [UInt8], toSheet id: String) {
        sheets[id, default: KnownSheet()].add(record, key: key)
    }

    /// The record of a normalised key; nil for one that is not known.
    package func record(ofKey key: [UInt8], inSheet id: String) -> KnownRecord? {
        guard let sheet = sheets[id] else { return nil }
        return sheet.index(ofKey: key).map { sheet.records[$0] }
    }

    func index(ofKey key: [UInt8], inSheet id: String) -> Int? { sheets[id]?.index(ofKey: key) }

    /// What is known of one sheet; nil for nothing.
    func sheet(_ id: String) -> KnownSheet? { sheets[id] }
}

/// The records known of one sheet, found by their keys and ids.
struct KnownSheet: Sendable {
    private(set) var records: [KnownRecord] = []
    /// As many as records, in their order.
    private var keys = KeyTable()
    private var ids = KeyTable()
    /// By position in `ids`.
    private var recordsOfIDs: [Int] = []

    mutating func add(_ record: KnownRecord, key: [UInt8]) {
        let (index, isNew) = keys.add(key)
        if isNew { records.append(record) } else { records[index] = record }
        guard let id = record.id else { return }
        let own = ids.add(Array(id.utf8))
        if own.isNew { recordsOfIDs.append(index) } else { recordsOfIDs[own.position] = index }
    }

    func index(ofKey key: [UInt8]) -> Int? { keys.position(of: key) }

    func index(ofID id: String) -> Int? {
        ids.position(of: Array(id.utf8)).map { recordsOfIDs[$0] }
    }

    /// Whether records can be found by their ids.
    var hasIDs: Bool { ids.count > 0 }
}

extension KnownRecords {
    /// Adds a record under its sheet's key. One without a key is kept for its unique values.
    package mutating func add(_ record: KnownRecord, of sheet: SheetDefinition) {
        add([record], of: sheet)
    }

    /// Puts records in the place of all that are known of a sheet, in the same order.
    mutating func replace(with records: [KnownRecord], of sheet: SheetDefinition) {
        let fields = sheet.keyFields
        let types = fields.map { sheet.fields[$0].type }
        var all = KnownSheet()
        var key: [UInt8] = []
        for record in records {
            let hasKey = record.readKey(of: fields, fieldTypes: types, into: &key)
            // Two that come to have the same key both stay.
            if !hasKey || all.index(ofKey: key) != nil { key = [0] + Array(record.origin.utf8) }
            all.add(record, key: key)
        }
        sheets[sheet.id] = all
    }

    /// Adds records under their sheet's key.
    package mutating func add(_ records: [KnownRecord], of sheet: SheetDefinition) {
        let fields = sheet.keyFields
        let types = fields.map { sheet.fields[$0].type }
        var all = sheets.removeValue(forKey: sheet.id) ?? KnownSheet()
        var key: [UInt8] = []
        for record in records {
            if !record.readKey(of: fields, fieldTypes: types, into: &key) {
                key = [0] + Array(record.origin.utf8)
            }
            all.add(record, key: key)
        }
        sheets[sheet.id] = all.records.isEmpty ? nil : all
    }
}
