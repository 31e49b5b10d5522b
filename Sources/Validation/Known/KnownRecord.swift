package import Portals

/// A customer known before the workbook came.
package struct KnownRecord: Sendable {
    /// One value a field, by its index; nil where the source did not say.
    package let values: KnownValues
    /// What exports call it by, whatever its name; nil where the source did not say.
    package let id: String?
    /// Whether all links of it are known; nil where the source did not say.
    let knowsLinks: Bool?
    /// Where it is known from: the text, and the number after it where it has one.
    private let place: (text: String, number: Int?)

    package init(values: [String?], origin: String, id: String? = nil) {
        self.values = KnownValues(values)
        self.id = id
        knowsLinks = nil
        place = (origin, nil)
    }

    /// - Parameter origin: up to the number of the row, `existing.csv, A`, which many share.
    package init(
        values: KnownValues, origin: String, row: Int?, id: String?, knowsLinks: Bool? = nil
    ) {
        self.values = values
        self.knowsLinks = knowsLinks
        self.id = id
        place = (origin, row)
    }

    /// The same with other values.
    func with(_ values: [String?]) -> KnownRecord {
        KnownRecord(
            values: KnownValues(values), origin: place.text, row: place.number, id: id,
            knowsLinks: knowsLinks)
    }

    /// Where it is known from, for people: "existing.csv, A7".
    package var origin: String {
        place.number.map { "\(place.text)\($0)" } ?? place.text
    }
}

extension KnownRecord: Equatable {
    package static func == (left: KnownRecord, right: KnownRecord) -> Bool {
        left.values == right.values && left.id == right.id && left.origin == right.origin
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
        return readKey(of: fields, fieldTypes: fieldTypes, into: &key) ? key : nil
    }

    /// Makes the key in an array whose room is used again.
    ///
    /// - Parameter lists: of each of the fields, the list whose lines it names; empty where none
    ///   does.
    /// - Returns: whether all of the fields are known; what is in `key` is nothing otherwise.
    func readKey(
        of fields: [Int], fieldTypes: [FieldType], lists: [Directory?] = [],
        into key: inout [UInt8]
    ) -> Bool {
        key.removeAll(keepingCapacity: true)
        for (position, field) in fields.enumerated() {
            let type = fieldTypes[position]
            if !key.isEmpty { key.append(0) }
            let start = key.count
            let isKnown = values.withBytes(field) { value in
                guard let value, !value.isEmpty else { return false }
                FieldKey.append(Trimming.trimmed(value), type: type, to: &key)
                return true
            }
            if !isKnown { return false }
            if !lists.isEmpty { lists[position]?.name(keyFrom: start, in: &key) }
        }
        return true
    }
}
