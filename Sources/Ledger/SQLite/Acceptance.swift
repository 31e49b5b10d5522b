import GRDB
import Portals
import Validation

/// Does to records what accepted rows ask for.
struct Acceptance {
    /// What only one of some records has at a time.
    private struct Taken: Hashable {
        let sheet: Int
        let within: [[UInt8]]
    }

    private let records: RecordWriter
    private let plan: ValidationPlan
    private let attempt: Int64
    /// By sheet of the Definition.
    private let makers: [[RecordMaker]]
    private let unlinks: [RowCondition?]
    private let isLinked: [Bool]
    private let trialEnds: [TrialEnd?]
    private let onceChanges: OnceChanges
    /// Rows that take what only one record has at a time, by what those say alike.
    private var takers: [Taken: WorkbookRow] = [:]
    /// Linked records that rows changed or took away, which may cost them links.
    private var touched: [(record: StoredRecord, row: WorkbookRow)] = []

    /// - Parameter attempt: whose operations are remembered already.
    init(
        _ database: Database, _ scope: Int64, _ plan: ValidationPlan, attempt: Int64
    ) throws {
        records = try RecordWriter(database, scope, plan)
        self.plan = plan
        self.attempt = attempt
        let definition = plan.definition
        isLinked = definition.sheets.indices.map {
            !plan.recordIndexes.sheetsLinking($0).isEmpty
        }
        unlinks = definition.sheets.map { sheet in
            sheet.unlinks.map { RowCondition($0, of: sheet, in: definition) }
        }
        trialEnds = definition.sheets.map {
            TrialEnd(of: $0, in: definition, definition.settings)
        }
        onceChanges = OnceChanges(
            try OnceChanges.sequences(ofAttempt: attempt, database), definition)
        makers = definition.sheets.map {
            RecordMaker.all(of: $0, in: definition, definition.settings)
        }
    }

    /// - Returns: whether any row was accepted.
    mutating func take(_ files: KeptFiles) throws -> Bool {
        var isAny = false
        try findTakers(files)
        try files.forEachRow { row in
            guard row.isAccepted, let sheet = records.sheetIndex(row.sheet) else { return }
            isAny = true
            try take(row, sheet)
        }
        // Last, as rows of their own may take the links away as well.
        for (record, row) in touched {
            try records.dropLinks(of: record, attempt: attempt, row: row)
        }
        return isAny
    }

    private mutating func take(_ row: KeptRow, _ sheet: Int) throws {
        let action = Action(rawValue: row.action)
        let origin = WorkbookRow(sheet: row.sheet, number: row.rowNumber)
        let definition = plan.definition.sheets[sheet]
        if !makers[sheet].isEmpty { try make(row, sheet, action, origin) }
        guard !row.record.isEmpty else {
            guard
                action == .create && definition.makesRecords
                    || action == .link && definition.makesLinks
            else { return }
            return try insert(row, sheet, action, origin)
        }
        guard let record = try records.record(uid: row.record), record.state == .known else {
            return
        }
        if action == .delete || takesLink(row, sheet, action) {
            try records.remember([], of: record, kind: .deleted, attempt: attempt, row: origin)
            try records.change(
                record, to: record.values, state: .deleted, attempt: attempt, row: row.rowNumber)
            if isLinked[record.sheet] { touched.append((record, origin)) }
        } else if action == .create || action == .update || action == .link {
            try update(record, row, sheet, origin)
        }
    }

    private func insert(
        _ row: KeptRow, _ sheet: Int, _ action: Action?, _ origin: WorkbookRow
    ) throws {
        let record = try records.insert(
            row.values, sheet: sheet, attempt: attempt, origin: origin, isNew: true)
        guard onceChanges.areOf(sheet: sheet) else { return }
        let said = records.values(row.values, ofSheet: sheet)
        let steps = onceChanges.steps(of: said, beside: said, sheet: sheet, asking: action)
        for step in Set(steps.values).sorted() {
            let before = said.indices.map { steps[$0] == step ? "" : nil }
            try records.remember(
                before, ofRecord: record, sheet: sheet, .updated, attempt: attempt, row: origin,
                step: step)
        }
    }

    private mutating func update(
        _ record: StoredRecord, _ row: KeptRow, _ sheet: Int, _ origin: WorkbookRow
    ) throws {
        // A record stays on the sheet it came by, whichever sheet changes it.
        var new = records.values(row.values, ofSheet: record.sheet)
        if new.allSatisfy({ $0 == nil }) { return }
        // A trial that is over takes its end along.
        let becomes = zip(new, record.values).map { $0 ?? $1 }
        for field in trialEnds[record.sheet]?.leftBehind(becomes) ?? [] { new[field] = "" }
        // A field of which nothing was known was, for all that anybody knows, empty.
        let before = zip(new, record.values).map { $0 == nil ? nil : $1 ?? "" }
        let origin = taker(from: record, saying: new) ?? origin
        let steps = onceSteps(row, sheet, of: record)
        for step in [nil] + Set(steps.values).sorted() {
            let own = before.indices.map { steps[$0] == step ? before[$0] : nil }
            if own.allSatisfy({ $0 == nil }) { continue }
            try records.remember(
                own, ofRecord: record.id, sheet: record.sheet, .updated, attempt: attempt,
                row: origin, step: step)
        }
        try records.change(
            record, to: zip(new, record.values).map { $0 ?? $1 }, attempt: attempt,
            row: origin.number)
        guard isLinked[record.sheet], let now = try records.record(uid: record.uid) else { return }
        touched.append((now, origin))
    }

    /// By field of the record's sheet, what is done once by which a row changes it.
    private func onceSteps(_ row: KeptRow, _ sheet: Int, of record: StoredRecord) -> [Int: Int] {
        guard onceChanges.areOf(sheet: sheet) else { return [:] }
        let (own, other) = (plan.definition.sheets[sheet], plan.definition.sheets[record.sheet])
        let said = records.values(row.values, ofSheet: sheet)
        let known = own.fields.map { field in
            other.fieldIndex(field.id).flatMap { record.values[$0] }
        }
        let steps = onceChanges.steps(
            of: said, beside: known, sheet: sheet, asking: Action(rawValue: row.action))
        return Dictionary(
            uniqueKeysWithValues: steps.compactMap { field, step in
                other.fieldIndex(own.fields[field].id).map { ($0, step) }
            })
    }

    // MARK: - What one takes over from another

    private mutating func findTakers(_ files: KeptFiles) throws {
        let sheets = plan.definition.sheets
        if sheets.allSatisfy({ $0.sole == nil }) { return }
        try files.forEachRow { row in
            guard row.isAccepted, let sheet = records.sheetIndex(row.sheet),
                let sole = sheets[sheet].sole, let field = sheets[sheet].fieldIndex(sole.field)
            else { return }
            var values = records.values(row.values, ofSheet: sheet)
            guard values[field] == Self.yes else { return }
            if let known = try records.record(uid: row.record) {
                values = zip(values, known.values).map { $0 ?? $1 }
            }
            takers[taken(sole, values, sheet)] = WorkbookRow(
                sheet: row.sheet, number: row.rowNumber)
        }
    }

    /// The row that takes over what another one gives up; nil where it gives up nothing so.
    private func taker(from record: StoredRecord, saying new: [String?]) -> WorkbookRow? {
        let sheet = plan.definition.sheets[record.sheet]
        guard let sole = sheet.sole, let field = sheet.fieldIndex(sole.field),
            record.values[field] == Self.yes, let now = new[field], now != Self.yes
        else { return nil }
        return takers[taken(sole, record.values, record.sheet)]
    }

    private func taken(_ sole: SoleField, _ values: [String?], _ sheet: Int) -> Taken {
        let fields = sole.within.compactMap(plan.definition.sheets[sheet].fieldIndex)
        return Taken(sheet: sheet, within: fields.map { NameKey.bytes(of: values[$0] ?? "") })
    }

    /// As it is stored.
    private static let yes = "true"

    private func takesLink(_ row: KeptRow, _ sheet: Int, _ action: Action?) -> Bool {
        guard plan.definition.sheets[sheet].makesLinks else { return false }
        if action == .unlink { return true }
        let values = records.values(row.values, ofSheet: sheet)
        return unlinks[sheet]?.holds(values, plan.definition.settings, asking: action) ?? false
    }

    /// Makes what a row makes beside what it is about.
    private func make(
        _ row: KeptRow, _ sheet: Int, _ action: Action?, _ origin: WorkbookRow
    ) throws {
        let said = records.values(row.values, ofSheet: sheet)
        for maker in makers[sheet] {
            guard let values = maker.record(ofRow: said, asking: action) else { continue }
            try records.insert(
                values, sheet: maker.sheet, attempt: attempt, origin: origin, isNew: true)
        }
    }
}
