import Catalogue
import Portals

/// Finds columns that were sorted without the rest of their rows: what exported rows say in one of
/// them is what is known, only of each other.
struct ShuffledColumns {
    /// Fewer may well have been exchanged on purpose.
    private static let rowCountMin = 3

    /// - Complexity: O(changes).
    func judge(_ judging: inout Judging) {
        var rows: [Int: [Int]] = [:]
        for (place, fields) in judging.changes where place.sheet == judging.sheet {
            for field in fields {
                if let row = place.row { rows[field, default: []].append(row) }
            }
        }
        for (field, rows) in rows.sorted(by: { $0.key < $1.key })
        where rows.count >= Self.rowCountMin && isShuffled(field, rows, judging) {
            for row in rows.sorted() { judging.report(.columnShuffled, row, field) }
        }
    }

    private func isShuffled(_ field: Int, _ rows: [Int], _ judging: Judging) -> Bool {
        let type = judging.sheetPlan.types[field]
        var counts: [[UInt8]: Int] = [:]
        for row in rows {
            let record = judging.links.record(sheet: judging.sheet, row: row)
            guard judging.form(row, field) == .wellFormed, let known = record?.values[field] else {
                return false
            }
            counts[FieldKey.bytes(known, type: type), default: 0] += 1
            counts[FieldKey.bytes(judging.value(row, field), type: type), default: 0] -= 1
        }
        return counts.values.allSatisfy { $0 == 0 }
    }
}
