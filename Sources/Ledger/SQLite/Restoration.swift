import GRDB
import Portals
import Validation

/// Brings back what rows did to records before somebody said that the portal refused them, and with
/// each all that fell with it, of whatever upload.
///
/// A row stays given back where something else has taken its place since, or where what it rests on
/// is not there.
final class Restoration {
    private enum Deed {
        case made(StoredRecord)
        case changed(Change)
    }

    private struct Change {
        let id: Int64
        let record: String
        let kind: RecordChange.Kind
        let state: ChangeState
        let values: [UInt8]
        /// The row that asked for it.
        let origin: AttemptRow
        /// Whether it came about by what is done once.
        let isOnce: Bool
    }

    /// What a record is found by.
    private struct Name: Hashable {
        let sheet: Int
        let index: String
        let key: [UInt8]

        init(_ index: RecordIndex, _ key: [UInt8]) {
            (sheet, self.index, self.key) = (index.sheet, index.name, key)
        }
    }

    private let database: Database
    private let records: RecordWriter
    private let fallen: FallenSteps
    /// What records were found by that are not known any more, with the rows that made them.
    private var namesGone: [Name: AttemptRow]?
    /// What rows refer to that came after an upload.
    private var namesUsedSince: [Int64: Set<Name>] = [:]

    init(_ database: Database, _ scope: Int64, _ plan: ValidationPlan) throws {
        self.database = database
        fallen = FallenSteps(database: database)
        records = try RecordWriter(database, scope, plan)
    }

    /// - Parameters:
    ///   - rows: whose steps somebody has said something of; those of the rows that fell with them
    ///     are as far as they were before.
    ///   - steps: what is done once for them; what of it can't be brought back stays behind.
    /// - Returns: what can't be brought back; where any of `rows` is among it, nothing is.
    func bringBack(
        _ rows: Set<WorkbookRow>, along steps: Set<WorkbookRow>, ofAttempt attempt: Int64
    ) throws -> Set<AttemptRow> {
        let named = Set(rows.map { AttemptRow(attempt: attempt, row: $0) })
        let fallenWithThem = try named.reduce(into: Set<AttemptRow>()) {
            try $0.formUnion(fallen.rows(fallenWith: $1))
        }
        let followers = fallenWithThem.union(steps.map { AttemptRow(attempt: attempt, row: $0) })
            .subtracting(named)
        var left: Set<AttemptRow> = []
        // A row comes back whole or not at all, and so does what rests on it.
        while case let stuck = try bringBack(named.union(followers).subtracting(left)),
            !stuck.isEmpty
        {
            left.formUnion(stuck)
            if !left.isDisjoint(with: named) { return left }
        }
        for place in fallenWithThem.subtracting(named).subtracting(left) {
            try fallen.raise(place, besides: [])
        }
        for place in left { try wait(place, amid: left) }
        return left
    }

    /// - Returns: the rows that can't be brought back; where there are any, nothing is.
    private func bringBack(_ places: Set<AttemptRow>) throws -> Set<AttemptRow> {
        (namesGone, namesUsedSince) = (nil, [:])
        var waiting: [(place: AttemptRow, deed: Deed)] = []
        try database.inSavepoint {
            let byAttempt = Dictionary(grouping: places, by: \.attempt)
            for (attempt, places) in byAttempt.sorted(by: { $0.key < $1.key }) {
                waiting += try deeds(of: Set(places.map(\.row)), ofAttempt: attempt)
            }
            // Each round brings back what rests on the one before.
            var broughtBack: Set<AttemptRow> = []
            while !waiting.isEmpty {
                var left = waiting
                try left.removeAll { place, deed in
                    guard try redo(deed, place) else { return false }
                    broughtBack.insert(place)
                    return true
                }
                if left.count == waiting.count {
                    // What is done once for many comes without those that changed since.
                    waiting.removeAll { $0.place.row.isOnce && broughtBack.contains($0.place) }
                    return waiting.isEmpty ? .commit : .rollback
                }
                waiting = left
            }
            return .commit
        }
        return Set(waiting.map(\.place))
    }

    private func deeds(
        of rows: Set<WorkbookRow>, ofAttempt attempt: Int64
    ) throws -> [(place: AttemptRow, deed: Deed)] {
        var deeds: [(place: AttemptRow, deed: Deed)] = []
        for sheet in records.definition.sheets {
            let made = try records.records(madeBy: attempt, sheet: sheet.id, in: .refused)
            for record in made.sorted(by: { $0.origin.number < $1.origin.number })
            where rows.contains(record.origin) {
                deeds.append((AttemptRow(attempt: attempt, row: record.origin), .made(record)))
            }
        }
        let changes = try Row.fetchAll(
            database,
            sql: """
                SELECT changes.id, uid, kind, changes.state, changes.field_values, changes.sheet,
                    changes.row, step
                FROM changes JOIN records ON records.id = changes.record
                WHERE changes.attempt = ? AND changes.state <> 0 ORDER BY changes.id
                """, arguments: [attempt])
        for change in changes {
            let origin = WorkbookRow(sheet: change[5], number: change[6])
            let step: Int? = change[7]
            let row = step.map(WorkbookRow.init(once:)) ?? origin
            guard rows.contains(row), let kind = RecordChange.Kind(rawValue: change[2]),
                let state = ChangeState(rawValue: change[3])
            else { continue }
            let values: String = change[4]
            let deed = Deed.changed(
                Change(
                    id: change[0], record: change[1], kind: kind, state: state,
                    values: Array(values.utf8),
                    origin: AttemptRow(attempt: attempt, row: origin), isOnce: step != nil))
            deeds.append((AttemptRow(attempt: attempt, row: row), deed))
        }
        return deeds
    }

    /// - Returns: false where it can't be, by now.
    private func redo(_ deed: Deed, _ place: AttemptRow) throws -> Bool {
        switch deed {
        case .made(let made):
            // What is done once may have changed it meanwhile.
            guard let record = try records.record(uid: made.uid),
                try isFree(record, record.values, since: place.attempt),
                try missingGround(of: record) == nil
            else { return false }
            try records.change(
                record, to: record.values, attempt: place.attempt, row: place.row.number)
            try records.markChangedSince(record.id)
            return true
        case .changed(let change):
            guard let before = try redo(change) else { return false }
            try settle(change.id, before)
            return true
        }
    }

    /// - Returns: what the record said before; nil where it can't be done, by now.
    private func redo(_ change: Change) throws -> [UInt8]? {
        switch change.state {
        case .leftAlone:
            if let record = try records.record(uid: change.record) {
                if record.state == .refused && !change.isOnce { return nil }
                try records.mark(record, changedBy: change.origin)
            }
            return change.values
        case .takenBack:
            guard let record = try records.record(uid: change.record),
                // What is done once stands whether or not its row came to anything.
                record.state == .known || change.isOnce && record.state == .refused,
                try !isChangedSince(record, change)
            else { return nil }
            return try redo(change.kind, record, change.values, change.origin)
        case .standing, .forgotten: return nil
        }
    }

    /// Whether something later has changed what a change is about.
    private func isChangedSince(_ record: StoredRecord, _ change: Change) throws -> Bool {
        let later = try LaterChanges(database, records).fields(
            of: record, since: change.origin.attempt)
        if change.kind != .updated { return !later.isEmpty }
        let values = records.values(change.values, ofSheet: record.sheet)
        return later.contains { values[$0] != nil }
    }

    /// - Returns: what the record said before; nil where it can't be done.
    private func redo(
        _ kind: RecordChange.Kind, _ record: StoredRecord, _ line: [UInt8], _ place: AttemptRow
    ) throws -> [UInt8]? {
        let (attempt, row) = (place.attempt, place.row.number)
        if kind == .deleted || kind == .dropped {
            guard try !isUsed(record, since: attempt) else { return nil }
            try records.change(
                record, to: record.values, state: .deleted, attempt: attempt, row: row)
            return line
        }
        let values = records.values(line, ofSheet: record.sheet)
        let now = zip(values, record.values).map { $0 ?? $1 }
        guard try record.state == .refused || isFree(record, now, since: attempt) else {
            return nil
        }
        try records.change(record, to: now, state: record.state, attempt: attempt, row: row)
        try records.markChangedSince(record.id)
        return records.line(
            zip(values, record.values).map { $0 == nil ? nil : $1 ?? "" }, ofSheet: record.sheet)
    }

    private func settle(_ change: Int64, _ values: [UInt8]) throws {
        try database.execute(
            sql: "UPDATE changes SET state = 0, field_values = ? WHERE id = ?",
            arguments: [String(decoding: values, as: UTF8.self), change])
    }

    // MARK: - What can't be yet

    /// Has a row come back once that does which is not there.
    ///
    /// - Parameter left: all that can't be brought back.
    private func wait(_ place: AttemptRow, amid left: Set<AttemptRow>) throws {
        var cause = place
        var seen: Set<AttemptRow> = []
        while left.contains(cause), seen.insert(cause).inserted,
            let missing = try missingGround(of: cause)
        {
            cause = missing
        }
        if left.contains(cause) { return }
        try fallen.blame(fallen.cause(of: cause) ?? cause, for: place)
    }

    /// The row that made what a row rests on and that is not there; nil where all is.
    private func missingGround(of place: AttemptRow) throws -> AttemptRow? {
        let deeds = try deeds(of: [place.row], ofAttempt: place.attempt)
        for (_, deed) in deeds {
            switch deed {
            case .made(let record):
                if let missing = try missingGround(of: record) { return missing }
            case .changed(let change):
                guard !change.isOnce, let record = try records.record(uid: change.record),
                    record.state != .known
                else { continue }
                return AttemptRow(attempt: record.attempt, row: record.origin)
            }
        }
        return nil
    }

    // MARK: - Whether it can be

    /// Whether nobody else is called so: by the key at no time, by anything else since.
    private func isFree(
        _ record: StoredRecord, _ values: [String?], since attempt: Int64
    ) throws -> Bool {
        let known = KnownRecord(values: KnownValues(values), origin: "", row: nil, id: nil)
        for (position, index) in records.indexes.ofOwners[record.sheet].enumerated() {
            guard let key = index.key(of: known) else { continue }
            let sheets = position == 0 ? sheetsOfEntity(record.sheet) : [index]
            for other in try sheets.flatMap({ try records.records($0, key) })
            where other.id != record.id && (position == 0 || other.changed > attempt) {
                return false
            }
        }
        return true
    }

    /// The keys of all sheets with records of the same kind.
    private func sheetsOfEntity(_ sheet: Int) -> [RecordIndex] {
        let sheets = records.definition.sheets
        return sheets.indices.filter { sheets[$0].entity == sheets[sheet].entity }
            .compactMap { records.indexes.ofSheets[$0].first }
    }

    /// The row that made what a record refers to and that is not there; nil where all is, or never
    /// was known.
    private func missingGround(of record: StoredRecord) throws -> AttemptRow? {
        let parents = records.indexes.grounds(
            of: record.known, ofSheet: record.sheet, in: records.definition)
        for (key, parents) in Dictionary(grouping: parents, by: \.key) {
            if try parents.contains(where: { try !records.records($0.index, key).isEmpty }) {
                continue
            }
            let gone = try namesOfRecordsGone()
            for parent in parents {
                if let place = gone[Name(parent.index, key)] { return place }
            }
        }
        return nil
    }

    private func namesOfRecordsGone() throws -> [Name: AttemptRow] {
        if let namesGone { return namesGone }
        var names: [Name: AttemptRow] = [:]
        for (index, sheet) in records.definition.sheets.enumerated() {
            try records.forEachRecordGone(sheet: sheet.id) { record in
                for name in records.indexes.ofSheets[index] {
                    guard let key = name.key(of: record.known) else { continue }
                    names[Name(name, key)] = AttemptRow(
                        attempt: record.attempt, row: record.origin)
                }
            }
        }
        namesGone = names
        return names
    }

    /// Whether something that was accepted later refers to a record.
    private func isUsed(_ record: StoredRecord, since attempt: Int64) throws -> Bool {
        let used = try namesOfRecordsUsed(since: attempt)
        return records.indexes.ofSheets[record.sheet].contains { index in
            index.key(of: record.known).map { used.contains(Name(index, $0)) } ?? false
        }
    }

    private func namesOfRecordsUsed(since attempt: Int64) throws -> Set<Name> {
        if let names = namesUsedSince[attempt] { return names }
        var names: Set<Name> = []
        for (index, sheet) in records.definition.sheets.enumerated() {
            try records.forEachRecord(madeSince: attempt + 1, sheet: sheet.id) { child in
                let grounds = records.indexes.grounds(
                    of: child.known, ofSheet: index, in: records.definition)
                for parent in grounds {
                    names.insert(Name(parent.index, parent.key))
                }
            }
        }
        namesUsedSince[attempt] = names
        return names
    }
}
