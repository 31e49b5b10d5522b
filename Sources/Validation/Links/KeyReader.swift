import Portals

/// Makes the normalised key of some fields for the rows of one sheet: e-mails and names each in
/// their own normal form, joined by a byte that neither can hold.
struct KeyReader: Sendable {
    private let store: RowStore
    private let sheet: Int
    private let fields: [Int]
    private let types: [FieldType]

    /// - Parameters:
    ///   - sheet: position in the store.
    ///   - types: one for each of the fields.
    init(_ store: RowStore, sheet: Int, fields: [Int], types: [FieldType]) {
        self.store = store
        self.sheet = sheet
        self.fields = fields
        self.types = types
    }

    init(_ store: RowStore, sheet: Int, fields: [Int], _ definition: SheetDefinition) {
        self.init(
            store, sheet: sheet, fields: fields, types: fields.map { definition.fields[$0].type })
    }

    var rows: JudgedRows { store.sheets[sheet].judgedRows }
    var rowCount: Int { store.sheets[sheet].rowCount }

    /// Whether every one of the fields holds something.
    func isFilled(_ row: Int) -> Bool {
        fields.allSatisfy { field in
            let cell = store.cell(sheet: sheet, row: row, field: field)
            return CellText.with(cell, in: store.texts) { !$0.isEmpty }
        }
    }

    /// Makes the key in an array whose room is used again.
    func key(_ row: Int, _ mode: KeyGroups.Mode = .exact, into key: inout [UInt8]) {
        key.removeAll(keepingCapacity: true)
        for (position, field) in fields.enumerated() {
            if position > 0 { key.append(0) }
            // Nothing but what it needs goes into the closure: a copy of all this would cost more.
            let type = types[position]
            let cell = store.cell(sheet: sheet, row: row, field: field)
            CellText.with(cell, in: store.texts) {
                FieldKey.append($0, type: type, mode: mode, to: &key)
            }
        }
    }
}

/// The first row of each key.
struct RowIndex: Sendable {
    private let reader: KeyReader
    private var index: HashIndex

    init(_ reader: KeyReader) {
        self.reader = reader
        index = HashIndex(capacity: reader.rowCount)
        var (key, other): ([UInt8], [UInt8]) = ([], [])
        for row in reader.rows where reader.isFilled(row) {
            reader.key(row, into: &key)
            let hash = HashIndex.hash(key)
            let first = index.first(of: hash) {
                reader.key($0, into: &other)
                return other == key
            }
            if first == nil { index.insert(row, hash: hash) }
        }
    }

    func row(ofKey key: [UInt8]) -> Int? {
        var other: [UInt8] = []
        return index.first(of: HashIndex.hash(key)) {
            reader.key($0, into: &other)
            return other == key
        }
    }
}
