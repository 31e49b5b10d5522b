import GRDB
import Portals
package import Validation

extension SQLiteLedger {
    package func answer(
        _ question: LedgerQuestion, in scope: LedgerScope
    ) throws -> LedgerAnswer {
        if question.isForced { return try write { try answer(question, in: scope, $0) } }
        return try read { try answer(question, in: scope, $0) }
    }

    func answer(
        _ question: LedgerQuestion, in scope: LedgerScope, _ database: Database
    ) throws -> LedgerAnswer {
        let standing = try answerAsItStands(question, in: scope, database)
        guard question.isForced, standing.predecessor != nil else { return standing }
        // Judged as if it had been called off already; who accepts it does so.
        var answer = standing
        try database.inSavepoint {
            try callOff(
                RowNames(question.rows), of: standing, in: scope, note: "",
                by: Stamp(actor: "", time: ""), database)
            answer = try answerAsItStands(
                question, in: scope, after: standing.predecessor, database)
            return .rollback
        }
        return answer
    }

    /// Calls off rows of earlier tries that somebody insists on issuing again.
    func callOff(
        _ rows: RowNames, of answer: LedgerAnswer, in scope: LedgerScope, note: String,
        by stamp: Stamp, _ database: Database
    ) throws {
        guard answer.question.isForced, let predecessor = answer.predecessor,
            let own = try Scope(scope, in: database)
        else { return }
        let question = answer.question.rows
        try Reissue(
            database, own, question.definition, question.indexes,
            tries(of: predecessor, database).map { ($0, keptFiles(of: $0)) }, by: stamp
        ).callOff(rows, note: note)
    }

    private func answerAsItStands(
        _ question: LedgerQuestion, in scope: LedgerScope, after earlier: AttemptEntry? = nil,
        _ database: Database
    ) throws -> LedgerAnswer {
        guard let own = try Scope(scope, in: database) else {
            return LedgerAnswer(
                known: KnownAnswer(), predecessor: nil, lists: [], question: question,
                basis: AnswerBasis())
        }
        let definition = question.rows.definition
        var known = KnownAnswer()
        var basis = AnswerBasis(revision: own.revision)
        var countByAttempt: [Int64: Int] = [:]
        if try hasRecords(own, database) {
            var maker = AnswerMaker(database, own, definition, question.rows.indexes)
            try maker.find(question.rows)
            known.records = maker.known()
            basis.fingerprint = maker.fingerprint
            countByAttempt = maker.countByAttempt
        }
        let lists = try lists(own, database)
        for list in lists {
            known.directories[list.directory] = Directory(list)
            basis.fingerprint &+= Directory.fingerprint(of: list)
        }
        let predecessor =
            try earlier ?? predecessor(of: question, own, countByAttempt, database)
        if let predecessor {
            basis.predecessor = predecessor.row
            known.issued = try issued(by: predecessor, database)
            basis.issuedCount = known.issued.count
        }
        known.recent = try recent(question, own, database)
        basis.recentCount = known.recent.count
        return LedgerAnswer(
            known: known, predecessor: predecessor, lists: lists.map(\.withoutLines),
            question: question, basis: basis)
    }

    package func records(
        _ plan: ValidationPlan, in scope: LedgerScope
    ) throws -> KnownRecords? {
        try read { database in
            guard let own = try Scope(scope, in: database), try hasRecords(own, database) else {
                return nil
            }
            var maker = AnswerMaker(database, own, plan.definition, plan.recordIndexes)
            try maker.findAll()
            return maker.known()
        }
    }

    private func hasRecords(_ scope: Scope, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM records WHERE scope = ?)",
            arguments: [scope.id]) ?? false
    }

    // MARK: - The same upload, tried before

    /// How many earlier uploads of the portal are looked at.
    private static let predecessorsMax = 20

    /// The last try of the upload that this workbook is a try of: the same file, one that came back
    /// from it, or one most of whose rows came before, some of them wrong.
    private func predecessor(
        of question: LedgerQuestion, _ scope: Scope, _ countByAttempt: [Int64: Int],
        _ database: Database
    ) throws -> AttemptEntry? {
        let attempts = try attempts(
            database,
            """
            WHERE scopes.id = ? AND kind = 'upload'
            ORDER BY attempts.id DESC LIMIT \(Self.predecessorsMax)
            """, [scope.id])
        if attempts.isEmpty { return nil }
        let latest: (AttemptEntry) -> AttemptEntry? = { attempt in
            attempts.first { $0.id.number == attempt.id.number }
        }
        if let same = attempts.first(where: { $0.sha256 == question.sha256 }) {
            return latest(same)
        }
        let rows = UploadedRows(question.rows)
        let best = try attempts.map { attempt in
            let knownCount = attempts.filter { $0.id.number == attempt.id.number }
                .reduce(0) { $0 + (countByAttempt[$1.row] ?? 0) }
            return (
                attempt, try rows.likeness(to: keptFiles(of: attempt), knownCount: knownCount)
            )
        }.max { $0.1 < $1.1 }
        return best.flatMap { $0.1 > 0 ? latest($0.0) : nil }
    }

    /// Rows that all tries of the same upload got already and that left nothing but a step.
    private func issued(
        by attempt: AttemptEntry, _ database: Database
    ) throws -> IssuedRows {
        var issued = IssuedRows()
        for attempt in try tries(of: attempt, database) {
            var steps: [KeptRow] = []
            do {
                try keptFiles(of: attempt).forEachReturn { if $0.isAccepted { steps.append($0) } }
            } catch let error as LedgerError where error.problem == .unreadable {
                continue
            }
            let states = steps.isEmpty ? [:] : try statesOfRows(attempt, database)
            for row in steps {
                let state = states["\(row.sheet)\t\(row.rowNumber)"] ?? []
                if state.contains(where: \.isGivenBack) { continue }
                issued.add(
                    sheet: row.sheet, action: row.action, key: row.key,
                    origin: "#\(attempt.id) \(attempt.workbookName) "
                        + "(\(attempt.stamp.time.prefix(10)), \(attempt.stamp.actor))")
            }
        }
        return issued
    }

    /// All tries of the same upload.
    private func tries(of attempt: AttemptEntry, _ database: Database) throws -> [AttemptEntry] {
        try attempts(
            database,
            "WHERE attempts.scope = (SELECT scope FROM attempts WHERE id = ?) "
                + "AND number = ? AND kind = 'upload'", [attempt.row, attempt.id.number])
    }

    private func statesOfRows(
        _ attempt: AttemptEntry, _ database: Database
    ) throws -> [String: Set<OperationState>] {
        var states: [String: Set<OperationState>] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT sheet, row, state FROM operations WHERE attempt = ?",
            arguments: [attempt.row])
        while let row = try rows.next() {
            let (sheet, number, state): (String, Int, Int) = (row[0], row[1], row[2])
            guard let state = OperationState(rawValue: state) else { continue }
            states["\(sheet)\t\(number)", default: []].insert(state)
        }
        return states
    }
}

extension Directory {
    /// A list that was loaded.
    package convenience init(_ list: RememberedList) {
        var names = DirectoryBuilder()
        for line in list.lines.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            guard let name = parts.first else { continue }
            names.add(
                TextLine.text(name),
                description: parts.count > 1 ? TextLine.text(parts[1]) : "")
        }
        self.init(names)
    }

    fileprivate static func fingerprint(of list: RememberedList) -> UInt64 {
        (list.directory + list.stamp.time + list.source).utf8.reduce(UInt64(list.count)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
    }
}
