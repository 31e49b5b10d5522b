package import Catalogue

/// One cause: a problem that stands in some rows of one column with one value.
package struct ProblemGroup: Sendable, Equatable {
    package let code: Code
    /// Position in `RowStore.sheets`.
    package let sheet: Int
    /// The field, by its index; nil when it is about whole rows.
    package let field: Int?
    /// The cell's text as it came, empty for a blank one; nil when it is about whole rows, or when
    /// there are too many values to tell them apart.
    package let value: String?
    /// The rows that have it.
    package internal(set) var rowCount = 0
    /// The rows that nothing else keeps out: mending this makes them ready.
    package internal(set) var fixesAlone = 0
    /// The value to use instead, when it is the same in all its rows.
    package internal(set) var suggestion: String?
    /// Whether the suggestion may be taken for all its rows at once; false without one.
    package internal(set) var isSafeForAll = false
    /// The first of its rows, at most three: positions among the sheet's filled rows, from 0.
    package internal(set) var sampleRows: [Int] = []
    /// Its first finding: index in `Verdicts.findings`.
    package let firstFinding: Int

    init(
        code: Code, sheet: Int, field: Int?, value: String?, suggestion: String?,
        firstFinding: Int
    ) {
        self.code = code
        self.sheet = sheet
        self.field = field
        self.value = value
        self.suggestion = suggestion
        self.firstFinding = firstFinding
    }

    /// What mends most comes first; between equals, what stands higher up in the workbook.
    func comesBefore(_ other: ProblemGroup) -> Bool {
        if code.isConsequence != other.code.isConsequence { return other.code.isConsequence }
        return (other.fixesAlone, other.rowCount, firstFinding)
            < (fixesAlone, rowCount, other.firstFinding)
    }
}
