import Catalogue
import Portals

// Reporting.
extension Judging {
    /// Reports about a cell or, without a field, a row. Warnings and notes down a column become
    /// one.
    ///
    /// - Parameter group: tells apart warnings of one column that are not the same: a package's
    ///   name.
    mutating func report(
        _ code: Code, _ row: Int, _ field: Int? = nil, by rule: RuleDefinition? = nil,
        detail: @autoclosure () -> FindingDetail? = nil, group: String = ""
    ) {
        let place = Place(sheet: sheet, row: row, field: field)
        report(code, at: place, by: rule, detail: detail(), group: group)
    }

    /// Reports about a row of any sheet.
    mutating func report(
        _ code: Code, at place: Place, by rule: RuleDefinition? = nil,
        detail: @autoclosure () -> FindingDetail? = nil, group: String = ""
    ) {
        let severity = rule?.severity(of: code) ?? code.severity
        if again != nil {
            if severity == .error { wait(at: place, for: detail()?.related ?? []) }
            return
        }
        guard severity == .error else {
            if remarks?.take(code, at: place, by: rule?.path ?? "") == false { return }
            folded.add(
                code, severity, place, Self.detail(detail(), by: rule),
                group: group + (rule?.path ?? ""))
            return
        }
        if let sheet = place.sheet, let row = place.row {
            if looksAtRowsAlone && isUntouched(row) { return }
            rejected[sheet].insert(row)
        }
        var finding = Finding(code: code, severity: severity, place: place)
        if let detail = Self.detail(detail(), by: rule) {
            finding.detailIndex = details.count
            details.append(detail)
        }
        findings.append(finding)
    }

    /// Reports the same about several rows.
    mutating func report(
        _ code: Code, _ rows: RowSet, _ field: Int, by rule: RuleDefinition,
        detail: FindingDetail, group: String
    ) {
        let severity = rule.severity(of: code)
        guard severity != .error, again == nil, remarks == nil else {
            for row in rows { report(code, row, field, by: rule, detail: detail) }
            return
        }
        let first = Array(rows.prefix(FindingDetail.relatedMax))
        for row in first {
            let place = Place(sheet: sheet, row: row, field: field)
            let position = folded.add(
                code, severity, place, Self.detail(detail, by: rule), group: group + rule.path)
            if row == first.last { folded.count(rows.count - first.count, at: position) }
        }
    }

    private static func detail(
        _ detail: FindingDetail?, by rule: RuleDefinition?
    ) -> FindingDetail? {
        guard let words = rule.flatMap(RuleReference.init) else { return detail }
        var detail = detail ?? FindingDetail()
        detail.rule = words
        return detail
    }

    /// Reports about a whole column.
    mutating func report(_ code: Code, ofColumn field: Int, detail: FindingDetail) {
        folded.add(code, code.severity, Place(sheet: sheet, field: field), detail, group: "")
    }

    /// Reports about the file, once.
    mutating func reportOfFile(_ code: Code) {
        folded.add(code, code.severity, Place(), nil, group: "")
    }

    /// What finds the names of a list that somebody meant in a column; nil when it has no list.
    ///
    /// - Parameter used: names that stand in well-formed cells of the column; nil: not known yet.
    mutating func nameSuggestion(_ field: Int, used: RowSet? = nil) -> NameSuggestion? {
        let column = Place(sheet: sheet, field: field)
        if let made = nameSuggestions[column] { return made }
        let made = NameSuggestion(self, field: field, used: used)
        nameSuggestions.updateValue(made, forKey: column)
        return made
    }

    /// What has been suggested for the value of a cell.
    func suggestionMade(_ row: Int, _ field: Int) -> String? {
        suggestions[Place(sheet: sheet, field: field)]?[text(row, field)] ?? nil
    }

    /// What to suggest for the value of a cell, made once for each of the column's values at fault
    /// and only for so many of them; nothing for a very long one.
    mutating func suggestion(_ row: Int, _ field: Int, _ make: (String) -> String?) -> String? {
        guard withText(row, field, { $0.count <= ValidationPlan.suggestionSizeMax }) else {
            return nil
        }
        let column = Place(sheet: sheet, field: field)
        let value = text(row, field)
        if let made = suggestions[column]?[value] { return made }
        guard suggestions[column, default: [:]].count < ValidationPlan.suggestionCountMax else {
            return nil
        }
        let made = make(value)
        suggestions[column, default: [:]].updateValue(made, forKey: value)
        return made
    }
}
