import GRDB
import Validation

/// A row of a try of an upload.
struct AttemptRow: Hashable {
    let attempt: Int64
    let row: WorkbookRow
}

/// How far steps were before they fell with a row that a portal refused, and with which row: once
/// somebody takes that back, they are as far again.
struct FallenSteps {
    private static let ofRow = "attempt = ? AND sheet = ? AND row = ?"

    let database: Database

    /// Remembers how far the steps of a row are.
    ///
    /// - Parameter cause: the row that is refused; it falls with itself.
    func remember(_ place: AttemptRow, fallingWith cause: AttemptRow) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO fallen
                SELECT attempt, sequence, state, note, actor, recorded, ?, ?, ?
                FROM operations
                WHERE \(Self.ofRow) AND state NOT IN \(OperationState.givenBack)
                """, arguments: Self.arguments(cause) + Self.arguments(place))
    }

    /// Remembers how far one step of a row is that stays otherwise.
    func remember(_ sequence: Int, of place: AttemptRow) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO fallen
                SELECT attempt, sequence, state, note, actor, recorded, ?, ?, ?
                FROM operations WHERE attempt = ? AND sequence = ?
                """, arguments: Self.arguments(place) + [place.attempt, sequence])
    }

    /// The rows that fell with one, itself among them.
    func rows(fallenWith cause: AttemptRow) throws -> Set<AttemptRow> {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT attempt, sheet, row FROM fallen JOIN operations
                USING (attempt, sequence)
                WHERE with_attempt = ? AND with_sheet = ? AND with_row = ?
                """, arguments: Self.arguments(cause))
        return Set(
            rows.map { AttemptRow(attempt: $0[0], row: WorkbookRow(sheet: $0[1], number: $0[2])) })
    }

    /// Counts the rows that fell with others, by what they made.
    func count(whatFellWith causes: [AttemptRow], into plan: inout RefusalPlan) throws {
        let fallen = try causes.reduce(into: Set<AttemptRow>()) {
            try $0.formUnion(rows(fallenWith: $1))
        }
        plan.stepCount += try fallen.reduce(0) { try $0 + count(of: $1) }
        for place in fallen.subtracting(causes) {
            let isMade = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM records
                    WHERE attempt = ? AND coalesce(row_sheet, sheet) = ? AND row = ?)
                    """, arguments: Self.arguments(place))
            if isMade == true {
                plan.made[place.row.sheet, default: 0] += 1
            } else {
                plan.laterCount += 1
            }
        }
    }

    /// How many steps of a row fell.
    private func count(of place: AttemptRow) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM fallen WHERE \(Self.steps)",
            arguments: Self.stepArguments(place)) ?? 0
    }

    /// The row that a row fell with; nil for one that did not.
    func cause(of place: AttemptRow) throws -> AttemptRow? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT with_attempt, with_sheet, with_row FROM fallen JOIN operations
                USING (attempt, sequence) WHERE \(Self.ofRow) LIMIT 1
                """, arguments: Self.arguments(place)
        ).map { AttemptRow(attempt: $0[0], row: WorkbookRow(sheet: $0[1], number: $0[2])) }
    }

    /// Says that a row comes back with another one.
    func blame(_ cause: AttemptRow, for place: AttemptRow) throws {
        try database.execute(
            sql: """
                UPDATE fallen SET with_attempt = ?, with_sheet = ?, with_row = ?
                WHERE \(Self.steps)
                """, arguments: Self.arguments(cause) + Self.stepArguments(place))
    }

    /// Has the steps of a row be as far as they were.
    ///
    /// - Parameter others: those of which somebody has just said something else.
    func raise(_ place: AttemptRow, besides others: some Collection<Int>) throws {
        try raise(
            "sequence IN (SELECT sequence FROM operations WHERE \(Self.ofRow))",
            Self.arguments(place), ofAttempt: place.attempt, besides: others)
    }

    /// Has one step be as far as it was.
    ///
    /// - Parameter others: those of which somebody has just said something else.
    func raise(
        _ sequence: Int, ofAttempt attempt: Int64, besides others: some Collection<Int>
    ) throws {
        try raise("sequence = ?", [sequence], ofAttempt: attempt, besides: others)
    }

    private func raise(
        _ condition: String, _ arguments: StatementArguments, ofAttempt attempt: Int64,
        besides others: some Collection<Int>
    ) throws {
        let numbers = others.map(String.init).joined(separator: ", ")
        try database.execute(
            sql: """
                UPDATE operations
                SET state = was.state, note = was.note, actor = was.actor, recorded = was.recorded
                FROM (SELECT * FROM fallen WHERE attempt = ? AND \(condition)) AS was
                WHERE was.attempt = operations.attempt AND was.sequence = operations.sequence
                AND was.sequence NOT IN (\(numbers))
                """, arguments: [attempt] + arguments)
        try database.execute(
            sql: "DELETE FROM fallen WHERE attempt = ? AND \(condition)",
            arguments: [attempt] + arguments)
    }

    private static let steps =
        "attempt = ? AND sequence IN (SELECT sequence FROM operations WHERE \(ofRow))"

    private static func stepArguments(_ place: AttemptRow) -> StatementArguments {
        [place.attempt] + arguments(place)
    }

    private static func arguments(_ place: AttemptRow) -> StatementArguments {
        [place.attempt, place.row.sheet, place.row.number]
    }
}
