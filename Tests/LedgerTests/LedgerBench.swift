import Catalogue
import Foundation
import Portals
import Provisioning
import Spreadsheet
import Testing
import Validation

@testable import Ledger

/// A portal of companies and their rooms, and a ledger in a folder of its own that goes away with
/// the bench. Everything is done through the protocol.
final class LedgerBench {
    let folder: String
    let plan: ValidationPlan
    let ledger: any Ledger
    let scope: LedgerScope
    private var uploadCount = 0

    init(
        _ kind: LedgerKind, reseller: String = "one", yaml: String = LedgerBench.yaml
    ) throws {
        folder = NSTemporaryDirectory() + "ledger-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        ledger = try kind.make(in: folder)
        let definition = try Definitions.decode(yaml: yaml, file: "bench.yaml")
        plan = try ValidationPlan(for: definition)
        scope = LedgerScope(reseller: reseller, portal: definition.portal)
    }

    /// The same ledger for somebody else.
    init(sharing other: LedgerBench, reseller: String) {
        folder = other.folder + "/none"
        ledger = other.ledger
        plan = other.plan
        scope = LedgerScope(reseller: reseller, portal: other.scope.portal)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: folder) } catch {}
    }

    static let yaml = """
        portal: bench
        version: 1
        title: Work Bench
        directories: {names: {title: name list}}
        sheets:
          - id: companies
            title: Companies
            entity: company
            noun: company
            key: [name]
            renamed: [name]
            actions: [Create, Update, Delete, Reset password]
            fields:
              - {id: name, title: Name, type: text}
              - {id: email, title: Email, type: email}
              - {id: city, title: City, type: text}
            rules:
              - {rule: unique, fields: [email], in: [file, known]}
          - id: rooms
            title: Rooms
            entity: room
            noun: room
            key: [company, name]
            actions: [Create, Delete]
            fields:
              - id: company
                title: Company
                type: text
                rules: [{rule: references, sheet: companies}]
              - {id: name, title: Name, type: text}
            rules:
              - {rule: countPerParent, parent: company, maximum: 2}
        operations:
          - id: bench.company.create
            for: companies
            when: {action: Create}
            kind: file
            file: upload
            data: {name: name, email: email}
          - id: bench.company.brand
            for: companies
            when: {action: Create}
            kind: manual
            after: [bench.company.create]
            data: {name: name}
            text: Brand it.
          - id: bench.company.update
            for: companies
            when: {action: Update}
            kind: manual
            changesOnly: true
            data: {email: email, city: city}
            text: Change it.
          - {id: bench.company.delete, for: companies, when: {action: Delete}, kind: http}
          - id: bench.reset
            for: companies
            when: {action: Reset password}
            kind: http
            mail: the contact
          - {id: bench.room.create, for: rooms, when: {action: Create}, kind: http}
          - {id: bench.room.delete, for: rooms, when: {action: Delete}, kind: http}
        """

    static let stamp = Stamp(actor: "ann", time: "2026-03-02T10:00:00Z")

    /// A workbook: rows of companies (action, name, address, city) and of rooms (action, company,
    /// name); with the ids of exported companies behind them where there are any.
    struct Book {
        var companies: [[String]] = []
        var rooms: [[String]] = []
        /// Of a third sheet, where the Definition has one.
        var desks: [[String]] = []
        var ids: [String] = []
        var sha256 = ""
    }

    func store(_ book: Book) -> RowStore {
        var store = RowStore()
        for (index, rows) in [book.companies, book.rooms, book.desks].enumerated()
        where !rows.isEmpty {
            let sheet = plan.definition.sheets[index]
            var roles: [StoredColumn.Role] =
                [.action] + sheet.fields.indices.map { .field($0) }
            if index == 0 && !book.ids.isEmpty { roles.append(.id) }
            var rowsOfSheet = SheetStore(
                definitionIndex: index, name: sheet.title.text(in: "en"), headerRowNumber: 1,
                fieldCount: sheet.fields.count,
                columns: roles.enumerated().map {
                    StoredColumn(role: $0.element, title: "\($0.offset)", columnIndex: $0.offset)
                })
            for (row, texts) in rows.enumerated() {
                rowsOfSheet.appendRow(number: UInt32(row + 2), isHidden: false)
                let id = index == 0 && row < book.ids.count ? [book.ids[row]] : []
                for (column, text) in (texts + id).enumerated() where !text.isEmpty {
                    let text = store.texts.append(text) ?? 0
                    rowsOfSheet.set(
                        StoredCell(kind: .text, textID: text), row: row, column: column)
                }
            }
            store.sheets.append(rowsOfSheet)
        }
        return store
    }

    /// What the ledger says of a workbook, and what judging makes of it.
    struct Judged {
        let answer: LedgerAnswer
        let values: RecordValues

        /// The states of the companies' rows.
        var states: [RowState] { values.verdicts.states.first ?? [] }
        /// Codes of what is said of rows.
        var codes: [String] { values.verdicts.findings.map(\.code.rawValue) }
        var counts: RowCounts { RowCounts(values.store, values.verdicts) }
    }

    func judge(_ book: Book, isForced: Bool = false) throws -> Judged {
        let store = store(book)
        let sha256 =
            book.sha256.isEmpty
            ? "\(book.companies)\(book.rooms)\(book.desks)\(book.ids)" : book.sha256
        let answer = try ledger.answer(
            LedgerQuestion(plan.question(about: store), sha256: sha256, isForced: isForced),
            in: scope)
        var known = Known(
            settings: plan.definition.settings, directories: answer.known.directories,
            records: answer.known.records, today: try Self.today)
        known.issued = answer.known.issued
        let verdicts = plan.judge(store, against: known)
        return Judged(
            answer: answer, values: RecordValues(store, verdicts, of: plan.definition))
    }

    static var today: CivilDate {
        get throws { try #require(CivilDate(year: 2026, month: 3, day: 2)) }
    }

    /// Writes the kept files of a verdict, as whoever accepts it does.
    func attempt(_ judged: Judged) throws -> Attempt {
        uploadCount += 1
        let outcome = PendingOutcome(
            name: "u\(uploadCount)\(scope.reseller)", folder: "\(folder)/out\(uploadCount)")
        try ledger.begin(outcome)
        let files = ledger.keptFiles(named: outcome.name)
        try files.make().release()
        try files.write(judged.values)
        let batch = BatchPlan(
            judged.values, settings: plan.definition.settings, today: try Self.today)
        var operations: [WrittenOperation] = []
        var writer = BatchWriter(to: NoSink()) { operations.append($0) }
        _ = writer.write(batch)
        try files.write(operations, judged.values)
        return Attempt(
            answer: judged.answer, outcome: outcome, workbookName: "book.xlsx",
            sha256: judged.answer.sha256, definitionVersion: 1, counts: "{}", effects: "{}")
    }

    /// Judges and accepts.
    @discardableResult
    func accept(_ book: Book, isForced: Bool = false) throws -> UploadID {
        let attempt = try attempt(try judge(book, isForced: isForced))
        let id = try #require(try take(attempt))
        try ledger.settle(attempt.outcome)
        return id
    }

    func take(_ attempt: Attempt) throws -> UploadID? {
        try ledger.accept(attempt, plan, in: scope, by: Self.stamp)
    }

    /// Adopts companies: name, address, city.
    @discardableResult
    func adopt(_ companies: [[String]]) throws -> AdoptionCounts {
        try #require(try adopt(companies, approved: nil)).all
    }

    /// The same where it comes to what somebody agreed to.
    func adopt(_ companies: [[String]], approved: String?) throws -> Adoption? {
        try ledger.adopt(
            records(of: companies), from: "there.csv", plan, in: scope, by: Self.stamp,
            approved: approved)
    }

    /// What adopting them would come to.
    func adoption(of companies: [[String]]) throws -> Adoption {
        try ledger.adoption(
            of: records(of: companies), from: "there.csv", plan, in: scope, by: Self.stamp)
    }

    private func records(of companies: [[String]]) -> KnownRecords {
        var records = KnownRecords()
        for (row, values) in companies.enumerated() {
            records.add(
                KnownRecord(values: values, origin: "there.csv, A\(row + 2)"),
                of: plan.definition.sheets[0])
        }
        return records
    }

    /// The companies that are known: name, address, city.
    var companies: [[String?]] {
        get throws {
            try ledger.records(plan, in: scope)?.records(ofSheet: "companies").map {
                Array($0.values)
            } ?? []
        }
    }

    /// The states of an upload's steps, in the order of the batch.
    func steps(_ id: UploadID) throws -> [OperationState] {
        try ledger.operations(of: id, of: scope.reseller).map(\.state)
    }

    @discardableResult
    func move(
        _ id: UploadID, _ verdicts: [Int: OperationVerdict]
    ) throws -> [OperationEntry] {
        try ledger.move(verdicts, of: id, plan, in: scope, by: Self.stamp)
    }
}

/// Where batches go that nobody reads.
private struct NoSink: BatchSink {
    mutating func begin(_ name: String) throws(Never) {}
    mutating func write(_ bytes: ArraySlice<UInt8>) throws(Never) {}
    mutating func end() throws(Never) {}
}

/// The kinds of ledgers that the suite holds for.
enum LedgerKind: String, CaseIterable {
    case sqlite

    func make(in folder: String) throws -> any Ledger {
        switch self {
        case .sqlite: try SQLiteLedger(path: "\(folder)/rowgate.db", .making)
        }
    }
}
