import GRDB
import Portals
import Validation

/// What comes about by what is done once: what its lists show of rows beside their keys, where no
/// step of the row itself carries it. Refused or taken back, that alone is not so any more.
struct OnceChanges {
    private struct List {
        let sequence: Int
        let condition: RowCondition?
        /// Fields of the sheet.
        let fields: [Int]
    }

    /// A step of a row itself, and the fields that it carries.
    private struct Carrier {
        let condition: RowCondition?
        let fields: Set<Int>
    }

    private let settings: Settings
    /// By sheet of the Definition.
    private let lists: [[List]]
    private let carriers: [[Carrier]]

    /// - Parameter sequences: the steps of the batch that are done once, by their operations' ids.
    init(_ sequences: [String: Int], _ definition: Definition) {
        settings = definition.settings
        lists = definition.sheets.map { sheet in
            definition.operations.flatMap { operation -> [List] in
                guard let sequence = sequences[operation.id] else { return [] }
                return operation.lists.filter { $0.sheet == sheet.id }.compactMap { list in
                    let shown = list.fields.filter { !sheet.key.contains($0) }
                    if shown.isEmpty { return nil }
                    return List(
                        sequence: sequence,
                        condition: list.when.map { RowCondition($0, of: sheet, in: definition) },
                        fields: shown.compactMap(sheet.fieldIndex))
                }
            }
        }
        carriers = definition.sheets.map { sheet in
            definition.operations.filter { $0.sheet == sheet.id }.map { operation in
                let fields = operation.data.compactMap { member -> Int? in
                    guard case .field(let id) = member.source else { return nil }
                    return sheet.fieldIndex(id)
                }
                return Carrier(
                    condition: operation.when.map { RowCondition($0, of: sheet, in: definition) },
                    fields: Set(fields))
            }
        }
    }

    /// The steps that are done once in a batch, by their operations' ids.
    static func sequences(ofAttempt attempt: Int64, _ database: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT operation, sequence FROM operations WHERE attempt = ? AND sheet = ''",
            arguments: [attempt])
        return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    func areOf(sheet: Int) -> Bool { !lists[sheet].isEmpty }

    /// The steps by which fields of a row come about, by field of its sheet; none for a field that
    /// comes about by a step of its row.
    ///
    /// - Parameters:
    ///   - said: by field of the row's sheet, what it makes new.
    ///   - known: what the row's record said before.
    func steps(
        of said: [String?], beside known: [String?], sheet: Int, asking action: Action?
    ) -> [Int: Int] {
        var steps: [Int: Int] = [:]
        if lists[sheet].isEmpty { return steps }
        // A cell that empties its field is not blank.
        let asked = zip(said, known).map { said, known in
            said == "" && action != .create ? Action.clearWord : said ?? known
        }
        let holds = { (condition: RowCondition?) in
            condition?.holds(asked, settings, asking: action) ?? true
        }
        for list in lists[sheet] where holds(list.condition) {
            for field in list.fields where said[field] != nil { steps[field] = list.sequence }
        }
        if steps.isEmpty { return steps }
        for carrier in carriers[sheet] where holds(carrier.condition) {
            for field in carrier.fields { steps[field] = nil }
        }
        return steps
    }
}
