import Catalogue
import Portals

/// What a row gets that a known record has until another row of the sheet gives that one something
/// else: a name, an address. The other row comes first.
package struct Handover: Sendable, Equatable {
    /// The row that gives it up; on the same sheet.
    package let owner: Int
    /// What it gives up.
    package let fields: [Int]
}

/// Judges what rows take over from each other.
///
/// - Complexity: O(rows that take something over).
struct Handovers {
    /// Two rows that swap their values wait for each other, and so does a longer ring: no portal
    /// can do either of them first.
    func judge(_ judging: inout Judging) {
        for sheet in judging.store.sheets.indices {
            let handovers = judging.handovers.filter { taker, _ in
                taker.sheet == sheet && happens(taker, judging)
            }
            var owners: [Int: Set<Int>] = [:]
            for (taker, all) in handovers {
                guard let row = taker.row else { continue }
                owners[row] = Set(all.map(\.owner))
            }
            let rings = rowsInRings(owners)
            for row in rings.sorted() {
                let all = handovers[Place(sheet: sheet, row: row)] ?? []
                guard let handover = all.first(where: { rings.contains($0.owner) }) else {
                    continue
                }
                // Of a key of several parts, the one that is swapped.
                let changed = judging.changes[Place(sheet: sheet, row: row)] ?? []
                let field = handover.fields.first(where: changed.contains) ?? handover.fields.first
                judging.report(
                    .cellSwapped, at: Place(sheet: sheet, row: row, field: field),
                    detail: FindingDetail(
                        related: [Place(sheet: sheet, row: handover.owner, field: field)],
                        relatedCount: 1))
            }
        }
    }

    /// Sends back who gets a name that a record keeps, as the row that gives it another one is sent
    /// back.
    func judgeAgain(_ judging: inout Judging) {
        if judging.handovers.isEmpty { return }
        var takers: [Place: [Place]] = [:]
        var sentBack: [Place] = []
        for (taker, all) in judging.handovers where happens(taker, judging) {
            guard let sheet = taker.sheet else { continue }
            let keyFields = judging.plan(ofSheet: sheet).keyFields
            for handover in all where handover.fields == keyFields {
                let owner = Place(sheet: sheet, row: handover.owner)
                takers[owner, default: []].append(taker)
                if judging.rejected[sheet].contains(handover.owner) { sentBack.append(owner) }
            }
        }
        while let owner = sentBack.popLast() {
            for taker in takers.removeValue(forKey: owner) ?? [] where happens(taker, judging) {
                judging.report(
                    .rowWaits, at: taker, detail: FindingDetail(related: [owner], relatedCount: 1))
                sentBack.append(taker)
            }
        }
    }

    private func happens(_ place: Place, _ judging: Judging) -> Bool {
        guard let sheet = place.sheet, let row = place.row else { return false }
        return !judging.rejected[sheet].contains(row) && !judging.unchanged[sheet].contains(row)
    }

    /// Leaves out, one after the other, rows that wait for none of the rest, and those that none of
    /// the rest waits for.
    private func rowsInRings(_ owners: [Int: Set<Int>]) -> Set<Int> {
        var takers: [Int: Set<Int>] = [:]
        for (taker, all) in owners { for owner in all { takers[owner, default: []].insert(taker) } }
        var owners = owners
        var rest = Set(owners.keys).union(takers.keys)
        var free = rest.filter {
            owners[$0, default: []].isEmpty || takers[$0, default: []].isEmpty
        }
        while let row = free.popFirst() {
            rest.remove(row)
            for taker in takers.removeValue(forKey: row) ?? [] {
                owners[taker]?.remove(row)
                if owners[taker]?.isEmpty != false, rest.contains(taker) { free.insert(taker) }
            }
            for owner in owners.removeValue(forKey: row) ?? [] {
                takers[owner]?.remove(row)
                if takers[owner]?.isEmpty != false, rest.contains(owner) { free.insert(owner) }
            }
        }
        return rest
    }
}

extension Judging {
    /// Keeps in mind that a row of the sheet being judged gets what another one gives up.
    mutating func handOver(_ fields: [Int], from owner: Int, to row: Int) {
        let handover = Handover(owner: owner, fields: fields)
        let taker = Place(sheet: sheet, row: row)
        if handovers[taker]?.contains(handover) == true { return }
        handovers[taker, default: []].append(handover)
    }
}
