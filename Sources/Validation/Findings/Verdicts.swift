package import Portals

/// What came of judging a store: findings in order, and a state for every row.
package struct Verdicts: Sendable {
    /// By sheet, row, column, code; findings of the file first.
    package var findings: [Finding]
    package var details: [FindingDetail]
    /// One list a sheet of the store, a state a row.
    package var states: [[RowState]]
    /// What each row asks for, after the rules of known and not known.
    package var actions: [[Action]]
    /// For rows that update a known record: the fields whose values change.
    package var changes: [Place: [Int]]
    /// For rows whose steps the portal does not take again yet: when it does, in ISO 8601, by the
    /// operation's id.
    package var waits: [Place: [String: String]] = [:]
    /// By row, what it gets that another one gives up.
    package var handovers: [Place: [Handover]] = [:]
    /// Values that stand in for what was typed.
    package var replacements: [Replacement]
    /// What refers to what, and which known record each row is about.
    package var links = RecordLinks()
    /// The rows as they take effect: with the names below, and without what rows say that change no
    /// values; nil where that is what came.
    package var storeAsTaken: RowStore?
    /// The rows with the names that rows of the same workbook give records; nil where none does.
    package var storeAfterRenames: RowStore?
    /// By row, the renames that it rests on, as it says the name that they give, or the former one.
    package var renameGrounds: [Place: [RenameGround]] = [:]

    /// What a finding says beyond its code and place; nil for nothing.
    package func detail(of finding: Finding) -> FindingDetail? {
        finding.detailIndex.map { details[$0] }
    }
}

/// What becomes of a row.
package enum RowState: UInt8, Sendable {
    case accepted, rejected, unchanged, leftOut
}

/// A value that stands in for what some rows hold in one field: a blank filled, a choice in the
/// words of the portal.
package struct Replacement: Sendable, Equatable {
    /// Where the value comes from.
    package enum Source: Sendable, Equatable {
        /// The row's value of another field.
        case field(Int)
        case text(String)
    }

    package var sheet: Int
    package var field: Int
    package var source: Source
    package var rows: RowSet
}

/// Numbers of a workbook's rows. Always rows = accepted + rejected + unchanged + leftOut + blank.
package struct RowCounts: Sendable, Equatable {
    package var rows = 0
    package var accepted = 0
    package var rejected = 0
    package var unchanged = 0
    package var leftOut = 0
    package var blank = 0
    /// Filled rows that are hidden or filtered away; they are among the others too.
    package var hidden = 0

    package init() {}

    package init(_ store: RowStore, _ verdicts: Verdicts) {
        for (sheet, states) in zip(store.sheets, verdicts.states) {
            for state in states {
                switch state {
                case .accepted: accepted += 1
                case .rejected: rejected += 1
                case .unchanged: unchanged += 1
                case .leftOut: leftOut += 1
                }
            }
            blank += sheet.blankRowCount
            hidden += sheet.hiddenRowCount
        }
        rows = accepted + rejected + unchanged + leftOut + blank
    }
}
