package import Catalogue

/// What a rule says about data. Never thrown; small, because there may be millions.
package struct Finding: Sendable, Equatable {
    package var code: Code
    package var severity: Severity
    package var place: Place
    private var packedDetailIndex: PackedIndex

    /// Index in `Verdicts.details`; nil when code and place say it all.
    package var detailIndex: Int? {
        get { packedDetailIndex.value }
        set { packedDetailIndex = PackedIndex(newValue) }
    }

    package init(code: Code, severity: Severity, place: Place, detailIndex: Int? = nil) {
        self.code = code
        self.severity = severity
        self.place = place
        packedDetailIndex = PackedIndex(detailIndex)
    }
}

/// A cell, a row or a sheet of a `RowStore`, by positions from 0.
package struct Place: Sendable, Equatable, Hashable {
    private var packedSheet: PackedIndex
    private var packedRow: PackedIndex
    private var packedField: PackedIndex

    package init(sheet: Int? = nil, row: Int? = nil, field: Int? = nil) {
        packedSheet = PackedIndex(sheet)
        packedRow = PackedIndex(row)
        packedField = PackedIndex(field)
    }

    /// Position in `RowStore.sheets`; nil: the file.
    package var sheet: Int? {
        get { packedSheet.value }
        set { packedSheet = PackedIndex(newValue) }
    }

    /// Position among the sheet's filled rows; nil: the sheet.
    package var row: Int? {
        get { packedRow.value }
        set { packedRow = PackedIndex(newValue) }
    }

    /// The field; nil: the row. A field's column may be missing from the workbook.
    package var field: Int? {
        get { packedField.value }
        set { packedField = PackedIndex(newValue) }
    }
}

/// An index that may be absent, in 4 bytes instead of 16: a finding of 18 bytes instead of 66.
private struct PackedIndex: Sendable, Equatable, Hashable {
    private let raw: UInt32

    init(_ value: Int?) { raw = value.map(UInt32.init(_:)) ?? UInt32.max }

    var value: Int? { raw == UInt32.max ? nil : Int(raw) }
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
    /// Where a row says something else than what is known.
    package var differences: [Difference] = []
    /// The rule's own sentence and remedy.
    package var rule: RuleReference?

    /// A field that a row gives another value than it is known to have, in the portal's words.
    package struct Difference: Sendable, Equatable {
        package var field: Int
        package var known: String
        package var new: String
    }

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
