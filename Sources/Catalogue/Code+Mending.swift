// What becomes of a problem when somebody changes what stands in its cell.
extension Code {
    /// Whether it is gone once another row is fixed: nothing is wrong with the row that has it.
    package var isConsequence: Bool {
        switch self {
        case .referenceParentRejected, .referenceLeftOut, .rowWaits: true
        default: false
        }
    }

    /// Whether another value in its cell can mend it: not where another row is missing or to be
    /// fixed, or where nothing is wrong with the value.
    package var isMendedInCell: Bool {
        switch self {
        case .countTooFew, .chargeApplies, .rowCrossedOut: false
        default: !isConsequence
        }
    }
}
