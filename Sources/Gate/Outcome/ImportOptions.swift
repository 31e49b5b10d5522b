package import Catalogue
package import Validation

/// What somebody decided about an import before it runs.
package struct ImportOptions: Sendable {
    /// One bad row keeps all others out.
    package var allOrNothing = false
    /// More rejected rows than this share of the filled ones keep all others out.
    package var maxRejectedPercent: Int?
    /// Goes on although nobody can look names up.
    package var withoutNames = false

    package init() {}

    /// Why the import must not go on, before anything is written; nil when it may.
    package func refusal(of judgement: Judgement) -> Code? {
        guard judgement.verdicts != nil else { return nil }
        if judgement.lacksNames && !withoutNames { return .domainNoList }
        if judgement.counts.hidden > 0 && judgement.request.hiddenRows == nil { return .rowsHidden }
        return nil
    }

    /// Whether too many rows are wrong for any to be taken.
    package func acceptsNothing(of counts: RowCounts) -> Bool {
        if counts.rejected == 0 { return false }
        if allOrNothing { return true }
        guard let maxRejectedPercent else { return false }
        let filled = counts.rows - counts.blank - counts.leftOut
        return counts.rejected * 100 > filled * maxRejectedPercent
    }
}
