import Portals
import Spreadsheet

/// Makes the normalised key of some fields for the rows of one sheet: e-mails and names each in
/// their own normal form, joined by a byte that neither can hold.
///
/// A class, because it is asked for every row.
final class KeyReader: Sendable {
    let rows: JudgedRows
    let rowCount: Int
    private let columns: [CellColumn]
    private let types: [FieldType]
    /// Of each of the fields, the list whose lines it names; empty where none does.
    private let lists: [Directory?]

    /// - Parameters:
    ///   - sheet: position in the store.
    ///   - types: one for each of the fields.
    ///   - lists: the same, where fields name lines of lists, each by one name or another.
    init(
        _ store: RowStore, sheet: Int, fields: [Int], types: [FieldType], lists: [Directory?] = []
    ) {
        self.lists = lists
        rows = store.sheets[sheet].judgedRows
        rowCount = store.sheets[sheet].rowCount
        columns = fields.map { CellColumn(store, sheet: sheet, field: $0) }
        self.types = types
    }

    convenience init(
        _ store: RowStore, sheet: Int, fields: [Int], _ definition: SheetDefinition
    ) {
        self.init(
            store, sheet: sheet, fields: fields, types: fields.map { definition.fields[$0].type })
    }

    /// Whether every one of the fields holds something.
    func isFilled(_ row: Int) -> Bool {
        columns.allSatisfy { $0.withText(row) { !$0.isEmpty } }
    }

    /// Whether two rows have the very same texts, and so the same key. Texts that differ may have
    /// the same one.
    @inline(__always)
    func hasTexts(_ row: Int, of other: KeyReader, _ otherRow: Int) -> Bool {
        for position in columns.indices
        where columns[position][row] != other.columns[position][otherRow] {
            return false
        }
        return true
    }

    /// Makes the key in an array whose room is used again.
    func key(_ row: Int, _ mode: KeyGroups.Mode = .exact, into key: inout [UInt8]) {
        key.removeAll(keepingCapacity: true)
        for position in columns.indices {
            if position > 0 { key.append(0) }
            // Nothing but what it needs goes into the closure: a copy of all this would cost more.
            let (type, start) = (types[position], key.count)
            columns[position].withText(row) {
                FieldKey.append($0, type: type, mode: mode, to: &key)
            }
            if !lists.isEmpty { lists[position]?.name(keyFrom: start, in: &key) }
        }
    }
}

extension Directory {
    /// Lets what a key says from some place on be the name of the line that it means.
    func name(keyFrom start: Int, in key: inout [UInt8]) {
        if let name = name(ofLine: key[start...]) { key.replaceSubrange(start..., with: name) }
    }
}

/// The first row of each key.
///
/// A class, because it is asked for every row.
final class RowIndex: Sendable {
    private let reader: KeyReader
    private let index: HashIndex
    /// Rows with a key that one further up has, by the first of them: as many as are ever told.
    private let others: [Int: [Int]]

    init(_ reader: KeyReader) {
        self.reader = reader
        var index = HashIndex(capacity: reader.rowCount)
        var (key, other): ([UInt8], [UInt8]) = ([], [])
        var others: [Int: [Int]] = [:]
        for row in reader.rows where reader.isFilled(row) {
            reader.key(row, into: &key)
            let hash = HashIndex.hash(key)
            let first = index.first(of: hash) {
                reader.key($0, into: &other)
                return other == key
            }
            if let first {
                if others[first, default: []].count < FindingDetail.relatedMax {
                    others[first, default: []].append(row)
                }
            } else {
                index.insert(row, hash: hash)
            }
        }
        (self.index, self.others) = (index, others)
    }

    /// The first rows below the first one of a key that have it too.
    func rows(like first: Int) -> [Int] { others[first] ?? [] }

    /// The first row with a key.
    ///
    /// - Parameters:
    ///   - asking: who asks, where that is a row with columns of the same types: texts that are the
    ///     same need no key made of them.
    ///   - other: room for the keys that are compared, used again and again.
    func row(
        ofKey key: [UInt8], asking: (reader: KeyReader, row: Int)?, _ other: inout [UInt8]
    ) -> Int? {
        index.first(of: HashIndex.hash(key)) { candidate in
            if let asking, reader.hasTexts(candidate, of: asking.reader, asking.row) {
                return true
            }
            reader.key(candidate, into: &other)
            return other == key
        }
    }
}
