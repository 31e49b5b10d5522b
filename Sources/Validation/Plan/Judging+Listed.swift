import Catalogue
import Portals

// Rows of a list of what exists already.
extension ValidationPlan {
    /// Judges what can be no value of its field at all, and rows that say different things of the
    /// same record. Nothing else, also not whether a word is one of the choices of today: how
    /// something should be is said of what is asked for, and this is there.
    package func judgeListed(_ store: RowStore, against known: Known) -> Verdicts {
        var judging = Judging(plan: self, store: store, known: known, threadCount: 1)
        judging.judgeListed()
        return judging.verdicts()
    }
}

extension Judging {
    fileprivate mutating func judgeListed() {
        forEachSheet { judging, _ in
            let fields = judging.sheetDefinition.fields.indices
            judging.atOnce(fields.map { field in { FormJudge(field, $0).judge(&$0) } })
        }
        reportRepeated()
    }

    /// Of rows with the same key none is better than another, wherever in the list they stand;
    /// rows that say the very same are one.
    private mutating func reportRepeated() {
        // By sheet of the Definition, then by key.
        var places: [Int: [[UInt8]: [Place]]] = [:]
        forEachSheet { judging, rules in
            guard let first = rules.keyFields.first else { return }
            let index = judging.sheetStore.definitionIndex
            for row in judging.rows where judging.isWellFormed(rules.keyFields, row) {
                let place = Place(sheet: judging.sheet, row: row, field: first)
                places[index, default: [:]][judging.key(of: rules.keyFields, row), default: []]
                    .append(place)
            }
        }
        for same in places.values.flatMap(\.values) where Set(same.map(said)).count > 1 {
            for place in same {
                let arguments = wholeKey(place)
                let others = same.prefix(FindingDetail.relatedMax + 1).filter { $0 != place }
                report(
                    .recordDuplicateInFile, at: place,
                    detail: FindingDetail(
                        arguments: arguments,
                        related: Array(others.prefix(FindingDetail.relatedMax)),
                        relatedCount: same.count - 1))
            }
        }
    }

    /// What the key of a place's row says, where it has several parts.
    private mutating func wholeKey(_ place: Place) -> [String: String] {
        guard let sheet = place.sheet, let row = place.row else { return [:] }
        enter(sheet)
        return wholeKey(of: sheetPlan.keyFields, row)
    }

    /// All that the row of a place says.
    private func said(_ place: Place) -> [String] {
        guard let sheet = place.sheet, let row = place.row else { return [] }
        return definition(ofSheet: sheet).fields.indices.map {
            store.text(sheet: sheet, row: row, field: $0)
        }
    }
}
