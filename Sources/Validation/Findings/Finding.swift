package import Catalogue

/// What a rule says about data. Never thrown; small, because there may be millions.
package struct Finding: Sendable, Equatable {
    package var code: Code
    package var severity: Severity
    package var place: Place
    /// Index in `Verdicts.details`; nil when code and place say it all.
    package var detailIndex: Int?

    package init(code: Code, severity: Severity, place: Place, detailIndex: Int? = nil) {
        self.code = code
        self.severity = severity
        self.place = place
        self.detailIndex = detailIndex
    }
}

/// A cell, a row or a sheet of a `RowStore`, by positions from 0.
package struct Place: Sendable, Equatable, Hashable {
    /// Position in `RowStore.sheets`; nil: the file.
    package var sheet: Int?
    /// Position among the sheet's filled rows; nil: the sheet.
    package var row: Int?
    /// The field; nil: the row. A field's column may be missing from the workbook.
    package var field: Int?

    package init(sheet: Int? = nil, row: Int? = nil, field: Int? = nil) {
        self.sheet = sheet
        self.row = row
        self.field = field
    }
}

/// What a finding says beyond its code and place.
package struct FindingDetail: Sendable, Equatable {
    /// Values for the sentence that place and cell don't give: `max`, `expected`, `differences`.
    package var arguments: [String: String] = [:]
    /// The other places it is about, at most three of them.
    package var related: [Place] = []
    /// How many there are. For a warning or note told once a column: how many cells it stands for,
    /// the first ones in `related`.
    package var relatedCount = 0
    package var suggestion: String?
    /// The rule's own sentence and remedy.
    package var rule: RuleReference?

    package init(
        arguments: [String: String] = [:], related: [Place] = [], relatedCount: Int = 0,
        suggestion: String? = nil, rule: RuleReference? = nil
    ) {
        self.arguments = arguments
        self.related = related
        self.relatedCount = relatedCount
        self.suggestion = suggestion
        self.rule = rule
    }

    /// How many of `related` are kept.
    package static let relatedMax = 3
}
