// The known records that rows have to do with.
extension RecordValues {
    /// The known record that a target is, or that its row is about; nil for a new one.
    package func knownRecord(of target: LinkTarget) -> KnownRecord? {
        let links = verdicts.links
        return target.isKnown
            ? links.records[target.sheet][target.index]
            : links.record(sheet: target.sheet, row: target.index)
    }

    /// What exports call the known records by that accepted rows are about or refer to, and those
    /// that refer to one of these.
    ///
    /// - Complexity: O(rows + known records); nothing where none is known.
    package var idsOfRecordsConcerned: [String] {
        let links = verdicts.links
        if links.records.allSatisfy(\.isEmpty) { return [] }
        var concerned = links.records.map { _ in RowSet() }
        for (sheet, rows) in store.sheets.enumerated() {
            let fields = links.ofRows[sheet].compactMap(\.self)
            for row in rows.judgedRows where verdicts.states[sheet][row] == .accepted {
                if let own = links.recordIndex(sheet: sheet, row: row) {
                    concerned[own.sheet].insert(own.index)
                }
                for field in fields {
                    guard let target = field[row], let known = links.known(target) else { continue }
                    concerned[known.sheet].insert(known.index)
                }
            }
        }
        let parents = concerned
        for (sheet, columns) in links.ofRecords.enumerated() {
            let fields = columns.compactMap(\.self)
            if fields.isEmpty { continue }
            for record in links.records[sheet].indices {
                let isBelow = fields.contains { field in
                    field[record].flatMap(links.known).map {
                        parents[$0.sheet].contains($0.index)
                    } ?? false
                }
                if isBelow { concerned[sheet].insert(record) }
            }
        }
        return concerned.enumerated().flatMap { sheet, records in
            records.compactMap { links.records[sheet][$0].id }
        }
    }
}

extension RecordLinks {
    /// The known record that a target is, or that its row is about: index of the sheet in the
    /// Definition, and position among its known records.
    fileprivate func known(_ target: LinkTarget) -> (sheet: Int, index: Int)? {
        target.isKnown
            ? (target.sheet, target.index)
            : recordIndex(sheet: target.sheet, row: target.index)
    }
}
