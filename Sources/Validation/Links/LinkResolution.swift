import Portals

/// Finds what every reference refers to, and the known record of every row, before rules are asked:
/// references point both ways, and up and down the sheets.
///
/// - Complexity: O(rows + known records) hash look-ups a reference.
struct LinkResolution {
    let definition: Definition
    /// With the records of its rows found, their cells may change.
    var store: RowStore
    let known: Known
    private let renames: Renames?

    /// An index over the rows of a sheet, or its known records, by some of their fields.
    private struct Question: Hashable {
        let sheet: Int
        let fields: [Int]
    }

    /// Where a reference looks.
    private final class Destination {
        let sheet: Int
        /// Nil when the workbook lacks the sheet.
        let rows: RowIndex?
        let records: RecordKeys
        /// Whether it looks by what tells the records of the sheet apart.
        let isByKey: Bool

        init(sheet: Int, rows: RowIndex?, records: RecordKeys, isByKey: Bool) {
            (self.sheet, self.rows, self.records) = (sheet, rows, records)
            self.isByKey = isByKey
        }
    }

    private var destinations: [Question: Destination] = [:]
    private(set) var links = RecordLinks()
    /// By index in the Definition, where the sheet stands in the store; behind all for none.
    private let positions: [Int]
    /// Room for keys that are compared.
    private var otherKey: [UInt8] = []

    /// - Parameter renames: what has been carried out already in `store` and `known`.
    init(_ definition: Definition, _ store: RowStore, _ known: Known, _ renames: Renames? = nil) {
        self.renames = renames
        self.definition = definition
        self.store = store
        self.known = known
        positions = definition.sheets.indices.map { index in
            store.sheets.firstIndex { $0.definitionIndex == index } ?? store.sheets.count
        }
    }

    /// Finds the known record of every row, before anything else is resolved.
    mutating func findRecords() {
        links.definitionIndexes = store.sheets.map(\.definitionIndex)
        links.records = definition.sheets.map { known.records?.records(ofSheet: $0.id) ?? [] }
        findRecordsOfRows()
    }

    mutating func resolved() -> RecordLinks {
        links.ofRows = store.sheets.map { Array(repeating: nil, count: $0.fieldCount) }
        links.ofRecords = definition.sheets.map { Array(repeating: nil, count: $0.fields.count) }
        for (index, sheet) in definition.sheets.enumerated() {
            for (field, definition) in sheet.fields.enumerated() {
                guard let reference = sheet.reference(ofField: definition.id) else { continue }
                resolve(reference, field: field, ofSheet: index)
            }
        }
        return links
    }

    // MARK: - Known records

    private mutating func findRecordsOfRows() {
        links.rowsOfRecords = links.records.map { LinkColumn(count: $0.count) }
        for (position, sheet) in store.sheets.enumerated() {
            let id = definition.sheets[sheet.definitionIndex].id
            guard let known = known.records?.sheet(id) else {
                links.recordsOfRows.append([])
                continue
            }
            links.recordsOfRows.append(recordsByID(position, known) ?? [])
            findRecordsByKey(position, known)
        }
    }

    /// A row that came out of an export is the record that it was, whatever its key says by now.
    ///
    /// - Returns: nil for a sheet whose rows carry no ids that are known.
    private func recordsByID(_ position: Int, _ known: KnownSheet) -> [UInt32]? {
        guard known.hasIDs, store.sheets[position].idColumn != nil else { return nil }
        let sheet = store.sheets[position]
        return (0..<sheet.rowCount).map { row in
            store.id(sheet: position, row: row).flatMap { known.index(ofID: $0) }
                .map { UInt32(truncatingIfNeeded: $0) } ?? RecordLinks.noRecord
        }
    }

    /// Finds the records of rows that no id has found, and the row about each record.
    private mutating func findRecordsByKey(_ position: Int, _ known: KnownSheet) {
        let sheet = store.sheets[position]
        let index = sheet.definitionIndex
        let definition = definition.sheets[index]
        let reader = KeyReader(store, sheet: position, fields: definition.keyFields, definition)
        var records = links.recordsOfRows[position]
        let hasIDs = !records.isEmpty
        if !hasIDs { records = Array(repeating: RecordLinks.noRecord, count: sheet.rowCount) }
        var key: [UInt8] = []
        for row in sheet.judgedRows where reader.isFilled(row) {
            if !hasIDs || store.id(sheet: position, row: row) == nil {
                reader.key(row, into: &key)
                guard let record = record(ofRow: row, key, known, sheet: position) else {
                    continue
                }
                records[row] = UInt32(truncatingIfNeeded: record)
            }
            guard records[row] != RecordLinks.noRecord else { continue }
            let record = Int(records[row])
            if links.rowsOfRecords[index][record] == nil {
                links.rowsOfRecords[index][record] = .row(row, sheet: position)
            }
        }
        links.recordsOfRows[position] = records
    }

    /// A record that another row renames has its former name no more.
    private func record(
        ofRow row: Int, _ key: [UInt8], _ known: KnownSheet, sheet position: Int
    ) -> Int? {
        guard let renames else { return known.index(ofKey: key) }
        let renamed = renames.renamed[store.sheets[position].definitionIndex]
        return renames.namesakes[Place(sheet: position, row: row)]
            ?? known.index(ofKey: key).flatMap { renamed.contains($0) ? nil : $0 }
    }

    // MARK: - References

    private mutating func resolve(_ reference: Reference, field: Int, ofSheet index: Int) {
        let child = definition.sheets[index]
        let by = reference.by.compactMap { child.fieldIndex($0) }
        let (right, wrong) = (
            questions(of: reference, sheets: reference.sheets, fieldCount: by.count),
            questions(of: reference, sheets: reference.wrongSheets, fieldCount: by.count)
        )
        guard let first = (right + wrong).first else { return }
        // What is on no right sheet may be found on a wrong one, which is then told.
        let targets = [right, wrong].map { $0.map { destination($0) } }
        // Values compare as those do that they are looked for among.
        let types = first.fields.map { definition.sheets[first.sheet].fields[$0].type }
        var known = LinkColumn(count: links.records[index].count)
        var key: [UInt8] = []
        for (position, record) in links.records[index].enumerated()
        where record.readKey(of: by, fieldTypes: types, into: &key) {
            known[position] = find(key, asking: nil, among: targets)
        }
        links.ofRecords[index][field] = known
        for (position, sheet) in store.sheets.enumerated() where sheet.definitionIndex == index {
            let reader = KeyReader(store, sheet: position, fields: by, types: types)
            var column = LinkColumn(count: sheet.rowCount)
            for row in sheet.judgedRows {
                if reader.isFilled(row) {
                    reader.key(row, into: &key)
                    column[row] = find(key, asking: (reader, row), among: targets)
                    let all = findAll(key, among: targets[0])
                    if all.count > 1 {
                        links.several[Place(sheet: position, row: row, field: field)] = all
                    }
                } else if let record = links.recordIndex(sheet: position, row: row)?.index {
                    // A cell left blank leaves what is known.
                    column[row] = known[record]
                }
            }
            links.ofRows[position][field] = column
        }
    }

    /// Sheets whose fields don't go with those that refer are left out.
    private func questions(
        of reference: Reference, sheets: [String], fieldCount: Int
    ) -> [Question] {
        sheets.compactMap { id in
            guard let index = definition.sheets.firstIndex(where: { $0.id == id }) else {
                return nil
            }
            let sheet = definition.sheets[index]
            let fields = (reference.to ?? sheet.key).compactMap { sheet.fieldIndex($0) }
            return fields.count == fieldCount ? Question(sheet: index, fields: fields) : nil
        }
    }

    /// Right sheets come before wrong ones, rows of the workbook before known records, and sheets
    /// in the order of the reference.
    private mutating func find(
        _ key: [UInt8], asking: (reader: KeyReader, row: Int)?, among targets: [[Destination]]
    ) -> LinkTarget? {
        for targets in targets {
            for target in targets {
                guard let row = target.rows?.row(ofKey: key, asking: asking, &otherKey) else {
                    continue
                }
                return .row(row, sheet: positions[target.sheet])
            }
            for target in targets {
                guard let record = target.records.record(ofKey: key) else { continue }
                return links.row(ofRecord: record, sheet: target.sheet)
                    ?? .record(record, sheet: target.sheet)
            }
        }
        return nil
    }

    /// All that a key may mean, where it may mean several: on several sheets, or by something else
    /// than what tells their records apart. A record that a row is about is meant by that row.
    private mutating func findAll(_ key: [UInt8], among targets: [Destination]) -> [LinkTarget] {
        if targets.count < 2 && targets.allSatisfy(\.isByKey) { return [] }
        return targets.flatMap { target in
            let first = target.rows?.row(ofKey: key, asking: nil, &otherKey)
            let rows = first.map { [$0] + (target.rows?.rows(like: $0) ?? []) } ?? []
            let records = target.records.records(ofKey: key).filter {
                links.row(ofRecord: $0, sheet: target.sheet) == nil
            }
            return rows.map { LinkTarget.row($0, sheet: positions[target.sheet]) }
                + records.map { LinkTarget.record($0, sheet: target.sheet) }
        }
    }

    private mutating func destination(_ question: Question) -> Destination {
        if let made = destinations[question] { return made }
        let sheet = definition.sheets[question.sheet]
        let position = positions[question.sheet]
        let rows =
            position < store.sheets.count
            ? RowIndex(KeyReader(store, sheet: position, fields: question.fields, sheet)) : nil
        let records = RecordKeys(
            links.records[question.sheet], question.fields,
            types: question.fields.map { sheet.fields[$0].type })
        let made = Destination(
            sheet: question.sheet, rows: rows, records: records,
            isByKey: question.fields == sheet.keyFields)
        destinations[question] = made
        return made
    }
}

/// The first known record of each key.
struct RecordKeys {
    private var keys = KeyTable()
    /// By position of the key.
    private var records: [Int] = []
    /// Records with a key that an earlier one has, by position of the key: as many as are told.
    private var others: [Int: [Int]] = [:]

    init(
        _ records: [KnownRecord], _ fields: [Int], types: [FieldType], lists: [Directory?] = []
    ) {
        var key: [UInt8] = []
        for (position, record) in records.enumerated()
        where record.readKey(of: fields, fieldTypes: types, lists: lists, into: &key) {
            let place = keys.add(key)
            if place.isNew {
                self.records.append(position)
            } else if others[place.position, default: []].count < FindingDetail.relatedMax {
                others[place.position, default: []].append(position)
            }
        }
    }

    func record(ofKey key: [UInt8]) -> Int? { keys.position(of: key).map { records[$0] } }

    func records(ofKey key: [UInt8]) -> [Int] {
        keys.position(of: key).map { [records[$0]] + (others[$0] ?? []) } ?? []
    }
}

extension SheetDefinition {
    /// Indexes of the fields that tell its records apart.
    var keyFields: [Int] { key.compactMap { fieldIndex($0) } }
}
