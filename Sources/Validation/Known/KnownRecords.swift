package import Portals

/// The customers known before the workbook came, by sheet of the Definition.
package struct KnownRecords: Sendable {
    /// By sheet id, then by normalised key.
    private var byKey: [String: [[UInt8]: Int]] = [:]
    /// By sheet id, then by the id that its exports carry.
    private var byID: [String: [String: Int]] = [:]
    private var records: [String: [KnownRecord]] = [:]

    package init() {}

    /// The records of one sheet, in the order of adding.
    package func records(ofSheet id: String) -> [KnownRecord] { records[id] ?? [] }

    package var count: Int { records.values.reduce(0) { $0 + $1.count } }

    /// Adds a record; one with the same key is replaced.
    package mutating func add(_ record: KnownRecord, key: [UInt8], toSheet id: String) {
        let index = byKey[id]?[key] ?? records[id]?.count ?? 0
        if byKey[id]?[key] != nil {
            records[id]?[index] = record
        } else {
            byKey[id, default: [:]][key] = index
            records[id, default: []].append(record)
        }
        if let own = record.id { byID[id, default: [:]][own] = index }
    }

    func index(ofKey key: [UInt8], inSheet id: String) -> Int? { byKey[id]?[key] }

    func index(ofID own: String, inSheet id: String) -> Int? { byID[id]?[own] }

    /// Whether records of a sheet can be found by their ids.
    func hasIDs(inSheet id: String) -> Bool { byID[id] != nil }
}

/// A customer known before the workbook came.
package struct KnownRecord: Sendable, Equatable {
    /// One value a field, by its index; nil where the source did not say.
    package var values: [String?]
    /// Where it is known from, for people: "existing.csv, A7".
    package var origin: String
    /// What exports call it by, whatever its name; nil where the source did not say.
    package var id: String?

    package init(values: [String?], origin: String, id: String? = nil) {
        self.values = values
        self.origin = origin
        self.id = id
    }
}

extension KnownRecords {
    /// Adds a record under its sheet's key. One without a key is kept for its unique values.
    package mutating func add(_ record: KnownRecord, of sheet: SheetDefinition) {
        let fields = sheet.key.compactMap { sheet.fieldIndex($0) }
        let key = record.key(of: fields, types: sheet.fields.map(\.type))
        add(record, key: key ?? [0] + Array(record.origin.utf8), toSheet: sheet.id)
    }
}
