import Validation

// Links are there as long as what they join.
extension RecordWriter {
    /// The links that a record cannot have any more: all of one that is gone.
    ///
    /// - Complexity: O(its links), found by their indexes.
    func linksLost(by record: StoredRecord) throws -> [StoredRecord] {
        var lost: [StoredRecord] = []
        var seen: Set<Int64> = []
        for (end, key) in indexes.links(of: record.known, ofSheet: record.sheet) {
            // Another one of the name may be there.
            let isThere = try end.targets.contains { try !records($0, key).isEmpty }
            for link in try records(end.index, key)
            where !isThere || !end.holds(link.values, with: record.values, ofSheet: record.sheet) {
                if seen.insert(link.id).inserted { lost.append(link) }
            }
        }
        return lost
    }

    /// Takes the links away that a record cannot have any more, along with what a row did to it.
    func dropLinks(of record: StoredRecord, attempt: Int64, row: WorkbookRow) throws {
        for link in try linksLost(by: record) {
            try remember([], of: link, kind: .dropped, attempt: attempt, row: row)
            try change(
                link, to: link.values, state: .deleted, attempt: attempt, row: row.number)
        }
    }
}
