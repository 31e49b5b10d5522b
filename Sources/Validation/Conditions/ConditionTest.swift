/// One test of a condition.
///
/// Numbers only: conditions are asked of a million rows, and whoever took a test with arrays or
/// strings in it out of its list would count each of them for every row.
struct ConditionTest: Sendable {
    enum Kind: UInt8, Sendable {
        /// All, some or none of the tests inside it.
        case all, any, not
        case never
        case action
        /// The one test inside it, of the texts of a setting.
        case setting
        /// Of the tests inside it the one for the sheet of what a field refers to.
        case parent
        // Of a field.
        case blank, filled, changed, unchanged, listed, oneOf
    }

    var kind: Kind
    var field = -1
    var actions: ActionSet = []
    /// What it compares with, by its index in `ConditionOperands`.
    var operand = -1
    /// Index in the Definition of the sheet that it is for, inside a `parent`.
    var sheet = -1
    /// The index of the test after it and all inside it.
    var end = 0
}
