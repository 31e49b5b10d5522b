import Portals
import Spreadsheet

/// What the rows of a workbook rename, carried out before what refers to what is found: known
/// records and rows that say the former name of such a record say its new one.
///
/// So a cell left as it was exported means what it meant, one that was changed along is no change,
/// and steps, which come after the one that renames, say the name that is there by then. The
/// renamed records themselves keep their names: for them it is a change.
///
/// A former name that another row takes is that row's, but for a cell that still says what the
/// row's own record says: nobody touched it.
///
/// - Complexity: O(rows + known records) of the sheets below one that a row renames something on;
///   a look at the ids of the rows where none does.
struct RenameResolution {
    private let definition: Definition
    private let judging: Judging
    private let known: KnownRecords
    private var store: RowStore
    /// By sheet of the Definition.
    private var renames: [[Rename]]
    private var records: [[KnownRecord]]
    private var changedSheets: Set<Int> = []
    private var grounds: [Place: [RenameGround]] = [:]
    private var namesakes: [Place: Int] = [:]

    /// Nil when nothing is known.
    init?(_ judging: Judging) {
        guard let known = judging.known.records else { return nil }
        definition = judging.plan.definition
        self.judging = judging
        self.known = known
        store = judging.store
        records = definition.sheets.map { known.records(ofSheet: $0.id) }
        renames = definition.sheets.map { _ in [] }
    }

    /// - Returns: nil when no row renames anything.
    mutating func resolved() -> Renames? {
        if definition.sheets.indices.allSatisfy({ findRenames(ofSheet: $0).isEmpty }) {
            return nil
        }
        for sheet in definition.sheetsParentsFirst { carryOut(sheet) }
        var known = known
        for sheet in changedSheets.sorted() {
            known.replace(with: records[sheet], of: definition.sheets[sheet])
        }
        return Renames(
            store: store, records: known, renamed: renames.map { Set($0.map(\.record)) },
            namesakes: namesakes, grounds: grounds)
    }

    private mutating func carryOut(_ index: Int) {
        let namings = definition.namings(ofSheet: index)
        for naming in namings where !naming.names(sheet: index) { follow(naming, index) }
        renames[index] = findRenames(ofSheet: index)
        let key = definition.sheets[index].keyFields
        let itself = Naming(by: key, targets: [Naming.Target(sheet: index, to: key)])
        // A new record may take a name; all else that says the former one is about the same record.
        followRows(itself, index, names(itself)) { judging, position, row in
            judging.store.id(sheet: position, row: row) == nil
                && judging.actions[position][row] != .create
        }
        for naming in namings where naming.names(sheet: index) { follow(naming, index) }
    }

    private func findRenames(ofSheet index: Int) -> [Rename] {
        let sheet = definition.sheets[index]
        guard !sheet.renamed.isEmpty, let position = judging.position(ofDefinition: index),
            let known = known.sheet(sheet.id), known.hasIDs,
            store.sheets[position].idColumn != nil
        else { return [] }
        let columns = sheet.renamed.compactMap { sheet.fieldIndex($0) }.map {
            ($0, CellColumn(store, sheet: position, field: $0))
        }
        var renames: [Rename] = []
        for row in store.sheets[position].judgedRows {
            let action = judging.actions[position][row]
            guard action == .update || action == .create,
                let record = store.id(sheet: position, row: row).flatMap({ known.index(ofID: $0) })
            else { continue }
            let values = records[index][record].values
            let changed = columns.filter { field, column in
                judging.form(row, field, ofSheet: position) == .wellFormed
                    && values.withBytes(field) { known in
                        known.map { known in column.withText(row) { !$0.isSame(as: known) } }
                            ?? false
                    }
            }
            if changed.isEmpty { continue }
            var after = Array(values)
            for (field, column) in changed {
                after[field] = column.withText(row) { String(decoding: $0, as: UTF8.self) }
            }
            renames.append(
                Rename(
                    place: Place(sheet: position, row: row), record: record,
                    before: Array(values), after: after))
        }
        return renames
    }

    private func names(_ naming: Naming) -> FormerNames {
        var names = FormerNames(naming, renames, definition)
        if names.isEmpty { return names }
        var key: [UInt8] = []
        for target in naming.targets {
            guard let position = judging.position(ofDefinition: target.sheet) else { continue }
            let reader = KeyReader(store, sheet: position, fields: target.to, types: names.types)
            for row in reader.rows where reader.isFilled(row) {
                let isNamed =
                    store.id(sheet: position, row: row) != nil
                    || judging.actions[position][row] == .create
                if !isNamed { continue }
                reader.key(row, into: &key)
                names.take(key, by: Place(sheet: position, row: row))
            }
        }
        return names
    }
}

// What says the names.
extension RenameResolution {
    private mutating func follow(_ naming: Naming, _ index: Int) {
        let names = names(naming)
        if names.isEmpty { return }
        let before = records[index]
        followRows(naming, index, names, before: before)
        var key: [UInt8] = []
        for (position, record) in before.enumerated()
        where record.readKey(of: naming.by, fieldTypes: names.types, into: &key) {
            guard let name = names.name(former: key) else { continue }
            var values = Array(record.values)
            for (field, text) in zip(naming.by, name.new) { values[field] = text }
            records[index][position] = record.with(values)
            changedSheets.insert(index)
        }
    }

    /// - Parameters:
    ///   - before: the known records of the sheet, as rows with their ids say them.
    ///   - isMeant: which rows; asked with the position of the sheet.
    private mutating func followRows(
        _ naming: Naming, _ index: Int, _ names: FormerNames, before: [KnownRecord] = [],
        where isMeant: (Judging, Int, Int) -> Bool = { _, _, _ in true }
    ) {
        guard !names.isEmpty, let position = judging.position(ofDefinition: index) else { return }
        let known = known.sheet(definition.sheets[index].id)
        let reader = KeyReader(store, sheet: position, fields: naming.by, types: names.types)
        var (key, own): ([UInt8], [UInt8]) = ([], [])
        for row in reader.rows where reader.isFilled(row) && isMeant(judging, position, row) {
            let isWellFormed = naming.by.allSatisfy {
                judging.form(row, $0, ofSheet: position) == .wellFormed
            }
            if !isWellFormed { continue }
            reader.key(row, into: &key)
            if let name = names.name(former: key) {
                let record = store.id(sheet: position, row: row).flatMap { known?.index(ofID: $0) }
                let isUntouched =
                    record.map { record in
                        record < before.count
                            && before[record].readKey(
                                of: naming.by, fieldTypes: names.types, into: &own)
                            && own == key
                    } ?? false
                if isUntouched || !name.isTaken {
                    say(name, naming.by, position, row)
                    continue
                }
            }
            if let name = names.name(new: key) { rest(name, naming.by, position, row) }
        }
    }

    private mutating func say(
        _ name: FormerNames.Name, _ fields: [Int], _ position: Int, _ row: Int
    ) {
        for (field, text) in zip(fields, name.new)
        where Trimming.trimmed(store.text(sheet: position, row: row, field: field)) != text {
            guard let column = store.sheets[position].column(ofField: field),
                let id = store.texts.append(text)
            else { continue }
            store.sheets[position].set(
                StoredCell(kind: .text, textID: id), row: row, column: column)
        }
        rest(name, fields, position, row)
    }

    private mutating func rest(
        _ name: FormerNames.Name, _ fields: [Int], _ position: Int, _ row: Int
    ) {
        let place = Place(sheet: position, row: row)
        if place == name.rename.place { return }
        if position == name.rename.place.sheet, fields == judging.plan(ofSheet: position).keyFields
        {
            namesakes[place] = name.rename.record
        }
        let formers = zip(fields, zip(name.former, name.new)).filter { $1.0 != $1.1 }
            .map { (field: $0, name: $1.0) }
        grounds[place, default: []].append(
            RenameGround(row: name.rename.place, formerNames: formers))
    }
}
