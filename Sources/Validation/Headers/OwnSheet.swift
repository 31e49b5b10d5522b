package import Portals

/// A sheet that Rowgate itself adds to a workbook: no customers stand in it.
package enum OwnSheet: String, Sendable, CaseIterable {
    case readMe = "Read me"
    /// Problems grouped, with the answers "Use for all?".
    case summary = "Summary"
    /// Hidden: the names that dropdowns and live checks use.
    case lists = "Lists"
    /// Hidden: names in column A, values in column B; `MetaKey` has the names.
    case meta = "Rowgate"

    package var title: LocalizedText {
        LocalizedText(byLanguage: ["en": rawValue, "de": german])
    }

    private var german: String {
        switch self {
        case .readMe: "Bitte lesen"
        case .summary: "Zusammenfassung"
        case .lists: "Listen"
        case .meta: rawValue
        }
    }
}

/// What the hidden meta sheet says about a workbook.
package enum MetaKey: String, Sendable {
    case portal, version, language
    /// `template`, `rejected` or `export`.
    case kind
}

/// Columns of the problems table on the summary sheet, by their English header.
package enum SummaryColumn: String, Sendable, CaseIterable {
    case problem = "Problem"
    case column = "Column"
    case value = "Value"
    case rows = "Rows"
    /// Rows that nothing else keeps out.
    case fixes = "Rows this alone would fix"
    case suggestion = "Suggestion"
    case useForAll = "Use for all?"
    /// Hidden: `sheet id/field id`, so that an answer is understood in any language.
    case field = "Rowgate field"

    package var title: LocalizedText {
        LocalizedText(byLanguage: ["en": rawValue, "de": german])
    }

    private var german: String {
        switch self {
        case .problem: "Problem"
        case .column: "Spalte"
        case .value: "Wert"
        case .rows: "Zeilen"
        case .fixes: "Zeilen, die allein dadurch stimmen"
        case .suggestion: "Vorschlag"
        case .useForAll: "Für alle übernehmen?"
        case .field: "Rowgate-Feld"
        }
    }
}
