import GRDB
package import Portals
package import Validation

extension SQLiteLedger {
    package func revision(in scope: LedgerScope) throws -> Int {
        try read { try Scope(scope, in: $0)?.revision ?? 0 }
    }

    package func forEachRecord(
        ofSheet sheet: SheetDefinition, within spans: [DaySpan]?, of indexes: RecordIndexes,
        in scope: LedgerScope,
        _ body: (_ id: String, _ values: [String?], _ time: String) -> Void
    ) throws {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return }
            let spans = own.signature == indexes.signature ? spans : nil
            if spans?.isEmpty == true { return }
            let fields = sheet.fields.map(\.id)
            let found = spans.map(Self.selection)
            let source = found.map { "(\($0)) AS f CROSS JOIN records AS r ON r.id = f.id" }
            let statement = try RawStatement(
                database,
                """
                SELECT r.uid, r.field_values, CASE a.kind WHEN 'adoption' THEN '' ELSE a.time END
                FROM \(source ?? "records AS r") JOIN attempts AS a ON a.id = r.attempt
                WHERE r.scope = ?1 AND r.sheet = ?2 AND r.state = 0 ORDER BY r.id
                """)
            statement.bind(1, own.id)
            statement.bind(2, text: sheet.id)
            for (number, span) in (spans ?? []).enumerated() {
                Self.bind(span, number, to: statement)
            }
            try statement.forEachRow { row in
                body(row.text(0), FieldLine.values(row.bytes(1), of: fields), row.text(2))
            }
        }
    }

    /// The row ids of records of any span, each once.
    private static func selection(_ spans: [DaySpan]) -> String {
        spans.enumerated().map { number, span in
            let (first, last, name) = (3 * number + 3, 3 * number + 4, 3 * number + 5)
            return span.index == nil
                ? """
                SELECT m.id FROM attempts AS c CROSS JOIN records AS m
                ON m.attempt = c.id AND m.sheet = ?2
                WHERE c.scope = ?1 AND c.kind = 'upload'
                AND substr(c.time, 1, 10) BETWEEN ?\(first) AND ?\(last)
                """
                : """
                SELECT record AS id FROM lookups WHERE scope = ?1 AND sheet = ?2
                AND name = ?\(name) AND value BETWEEN ?\(first) AND ?\(last)
                """
        }.joined(separator: " UNION ")
    }

    private static func bind(_ span: DaySpan, _ number: Int, to statement: RawStatement) {
        let (first, last) = (Int32(3 * number + 3), Int32(3 * number + 4))
        if let index = span.index {
            let keys = span.keys
            statement.bind(first, blob: keys.first)
            statement.bind(last, blob: keys.last)
            statement.bind(last + 1, text: index.name)
        } else {
            statement.bind(first, text: "\(span.first)")
            statement.bind(last, text: "\(span.last)")
        }
    }

    package func unanswered(
        _ invitations: [Invitation], in scope: LedgerScope, since time: String, batchCountMax: Int
    ) throws -> [UnansweredInvitations] {
        if invitations.isEmpty { return [] }
        return try read { database in
            guard let own = try Scope(scope, in: database) else { return [] }
            var counts: [String: Int] = [:]
            for invitation in invitations {
                for row in try Row.fetchAll(
                    database, sql: Self.selection(invitation.answers.count),
                    arguments: [own.id, time, batchCountMax, invitation.operation, time]
                        + StatementArguments(invitation.answers))
                {
                    counts[row["batch"], default: 0] += row["count"]
                }
            }
            return counts.compactMap { batch, count in
                UploadID(batch).map { UnansweredInvitations(batch: $0, count: count) }
            }.sorted { ($1.batch.number, $1.batch.attempt) < ($0.batch.number, $0.batch.attempt) }
        }
    }

    /// Those of the newest batches that somebody recorded before a moment. Without something that
    /// waits for the answer, all that is known is whether somebody is still at inviting.
    private static func selection(_ answerCount: Int) -> String {
        let answers = repeatElement("?", count: answerCount).joined(separator: ", ")
        let isOpen =
            answerCount == 0
            ? "m.state = 1"
            : """
            m.state IN (1, 2) AND EXISTS (SELECT 1 FROM operations AS w
                WHERE w.attempt = a.id AND w.sheet = m.sheet AND w.row = m.row
                AND w.state IN (0, 1, 4) AND w.operation IN (\(answers)))
            """
        return """
            SELECT a.number || '.' || a.attempt AS batch, count(*) AS count
            FROM (SELECT * FROM attempts WHERE scope = ? AND time < ? ORDER BY id DESC LIMIT ?)
            AS a CROSS JOIN operations AS m ON m.attempt = a.id
            WHERE m.operation = ? AND m.recorded < ? AND \(isOpen) GROUP BY a.id
            """
    }
}
