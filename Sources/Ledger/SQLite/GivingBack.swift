import GRDB
import Portals
import Validation

/// Gives back rows that came to nothing, and with each all that rests on it: rows that refer to the
/// record it made, and later ones that change that record, of whatever upload.
final class GivingBack {
    private let database: Database
    private let records: RecordWriter
    private let fallen: FallenSteps
    /// Of whoever said that a portal refused them.
    private let stamp: Stamp
    private var reversals: [Int64: Reversal] = [:]
    private var state = OperationState.refused
    private var given: Set<AttemptRow> = []

    init(
        _ database: Database, _ scope: Int64, _ plan: ValidationPlan, _ stamp: Stamp
    ) throws {
        self.database = database
        self.stamp = stamp
        fallen = FallenSteps(database: database)
        records = try RecordWriter(database, scope, plan)
    }

    /// - Parameter rows: whose steps are given back already, with what was said of each.
    func give(back rows: [WorkbookRow: OperationVerdict], ofAttempt attempt: Int64) throws {
        // Nobody takes a part of an upload back, and refuses another part, in one breath.
        state = rows.values.first?.state ?? .refused
        for row in rows.keys { given.insert(AttemptRow(attempt: attempt, row: row)) }
        var lost: [Lost] = []
        for row in try reversal(of: attempt).lastFirst(rows.keys) {
            let place = AttemptRow(attempt: attempt, row: row)
            lost += try takeBack(place, rows[row]?.note ?? "", with: place)
        }
        while !lost.isEmpty { lost = try giveBack(whatRestsOn: lost) }
    }

    private func giveBack(whatRestsOn lost: [Lost]) throws -> [Lost] {
        var next: [Lost] = []
        for (place, parent) in try places(restingOn: lost) {
            guard given.insert(place).inserted,
                try refuse(place, parent.reason, with: parent.cause)
            else { continue }
            next += try takeBack(place, parent.reason, with: parent.cause)
        }
        return next
    }

    /// - Parameter cause: the row that the portal refused, by which it comes to that.
    /// - Returns: what is not there any more.
    private func takeBack(
        _ place: AttemptRow, _ reason: String, with cause: AttemptRow
    ) throws -> [Lost] {
        let reversal = try reversal(of: place.attempt)
        let lost = { [records] record in
            Lost(record, since: place.attempt, reason: reason, cause: cause, records)
        }
        var gone = try reversal.takeBack(place.row).map(lost)
        // Links that came since go no more with what their ends say again.
        for record in try reversal.recordsChanged(by: place.row) {
            for link in try records.linksLost(by: record) {
                let place = AttemptRow(attempt: link.attempt, row: link.origin)
                let reason = lost(record).reason
                guard given.insert(place).inserted, try refuse(place, reason, with: cause)
                else { continue }
                gone += try takeBack(place, reason, with: cause)
            }
        }
        return gone
    }

    private func places(restingOn lost: [Lost]) throws -> [(AttemptRow, parent: Lost)] {
        var places: [(AttemptRow, parent: Lost)] = []
        let oldest = lost.map(\.attempt).min() ?? 0
        for (index, sheet) in records.definition.sheets.enumerated() {
            guard
                lost.contains(where: { records.indexes.refers(sheet: index, to: $0.record.sheet) })
            else { continue }
            try records.forEachRecord(madeSince: oldest, sheet: sheet.id) { child in
                let grounds = records.indexes.grounds(
                    of: child.known, ofSheet: index, in: records.definition)
                guard let parent = lost.first(where: { $0.isAny(of: grounds) }) else { return }
                places.append((AttemptRow(attempt: child.attempt, row: child.origin), parent))
            }
            // What was there before, and moved to it.
            try records.forEachChange(since: oldest, sheet: index) { now, before, place in
                let grounds = [now, before].map {
                    records.indexes.grounds(of: $0, ofSheet: index, in: records.definition)
                }
                let parent = lost.first { $0.isAny(of: grounds[0]) && !$0.isAny(of: grounds[1]) }
                if let parent { places.append((place, parent)) }
            }
        }
        for parent in lost {
            let changes = try Row.fetchAll(
                database,
                sql: """
                    SELECT attempt, sheet, row FROM changes
                    WHERE record = ? AND state = 0 AND kind <> ?
                    -- What is done once is not for this record alone.
                    AND step IS NULL
                    """, arguments: [parent.record.id, RecordChange.Kind.dropped.rawValue])
            for change in changes {
                let row = WorkbookRow(sheet: change[1], number: change[2])
                places.append((AttemptRow(attempt: change[0], row: row), parent))
            }
        }
        return places
    }

    /// - Returns: false for a row that the portal did something of: that stays.
    private func refuse(
        _ place: AttemptRow, _ reason: String, with cause: AttemptRow
    ) throws -> Bool {
        let arguments: StatementArguments = [place.attempt, place.row.sheet, place.row.number]
        let ofRow = "attempt = ? AND sheet = ? AND row = ?"
        let isDone = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM operations WHERE \(ofRow) AND state IN (?, ?))",
            arguments: arguments
                + [OperationState.done.rawValue, OperationState.notNeeded.rawValue])
        if isDone == true { return false }
        try fallen.remember(place, fallingWith: cause)
        try database.execute(
            sql: """
                UPDATE operations SET state = ?, note = ?, actor = ?, recorded = ?
                WHERE \(ofRow) AND state NOT IN \(OperationState.givenBack)
                """,
            arguments: [state.rawValue, reason, stamp.actor, stamp.time] + arguments)
        return true
    }

    private func reversal(of attempt: Int64) throws -> Reversal {
        if let known = reversals[attempt] { return known }
        let reversal = try Reversal(database, records, attempt: attempt)
        reversals[attempt] = reversal
        return reversal
    }
}

/// A record that is not there any more.
private struct Lost {
    let record: StoredRecord
    /// What made it.
    let attempt: Int64
    /// What is said of what rests on it: its name, and why it is gone.
    let reason: String
    /// The row that the portal refused.
    let cause: AttemptRow
    private let keys: [(index: RecordIndex, key: [UInt8])]

    init(
        _ record: StoredRecord, since attempt: Int64, reason: String, cause: AttemptRow,
        _ records: RecordWriter
    ) {
        self.record = record
        self.attempt = attempt
        self.cause = cause
        let key = records.indexes.ofSheets[record.sheet].first?.fields ?? []
        let name = key.compactMap { record.values[$0] }.joined(separator: ", ")
        self.reason = reason.isEmpty ? name : "\(name): \(reason)"
        keys = records.indexes.ofSheets[record.sheet].compactMap { index in
            index.key(of: record.known).map { (index, $0) }
        }
    }

    func isAny(of others: [(index: RecordIndex, key: [UInt8])]) -> Bool {
        keys.contains { own in
            others.contains { $0.index == own.index && $0.key == own.key }
        }
    }
}

extension StoredRecord {
    var known: KnownRecord {
        KnownRecord(values: KnownValues(values), origin: "", row: nil, id: nil)
    }
}
