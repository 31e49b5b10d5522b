import Catalogue
import Foundation

// The rows of an upload that have problems, a page of them at a time.
extension UploadResult {
    /// - Parameter place: the row that somebody comes back to.
    func rows(_ shown: ShownRows, at place: String) -> PageValues {
        let (words, kind, page) = (shown.words, shown.kind, shown.page)
        let rows = page?.rows ?? []
        let number = page?.number ?? 1
        let first = (number - 1) * SiteLimits.rowsPerPage
        let link = { (number: Int) in
            "\(path)?page=\(number)&kind=\(kind.rawValue)&query=\(words.inQuery)#rows"
        }
        let mark = Self.mark(place, rows)
        var values: PageValues = [
            "rows": rows.enumerated().map { row($1, of: shown, isMarked: $0 == mark) },
            "lists": shown.choices.enumerated().compactMap { position, column -> PageValues? in
                if column.choices.isSelect { return nil }
                return ["id": "choices-\(position)", "words": column.choices.words]
            },
            "hasRows": !rows.isEmpty, "query": words, "filterAction": path,
            "isFiltered": !words.isEmpty || kind != .all, "hasKinds": !isReadOnly,
            "kinds": ReportedRows.Kind.allCases.map { value -> PageValues in
                [
                    "value": value.rawValue, "isChosen": value == kind,
                    "text": texts("upload.kind_\(value == .all ? "all" : value.rawValue)"),
                ]
            },
            "pageText": texts(
                "upload.page",
                [
                    "first": first + 1, "last": first + rows.count, "all": page?.rowCount ?? 0,
                ]),
        ]
        if number > 1 { values["previousHref"] = link(number - 1) }
        if first + rows.count < page?.rowCount ?? 0 { values["nextHref"] = link(number + 1) }
        return values
    }

    /// The row that somebody was at, or what stands in its place now that it is fixed.
    ///
    /// - Parameter place: `Customers!42`.
    private static func mark(_ place: String, _ rows: [ReportedRows.Row]) -> Int? {
        guard let end = place.lastIndex(of: "!"),
            let number = Int(place[place.index(after: end)...])
        else { return nil }
        return rows.firstIndex { row in
            guard let finding = row.findings.first else { return false }
            let own = finding.cell.flatMap { Int($0.drop { $0.isLetter }) } ?? finding.row ?? 0
            return finding.sheet == String(place[..<end]) && own >= number
        } ?? rows.indices.last
    }

    private func row(
        _ row: ReportedRows.Row, of shown: ShownRows, isMarked: Bool
    ) -> PageValues {
        let number = row.findings.first?.row ?? 0
        var values: PageValues = [
            "sheet": row.findings.first?.sheet ?? "", "number": number, "isMarked": isMarked,
            "title": texts("upload.row", ["number": number]),
            "findings": row.findings.map { finding($0, of: shown) },
        ]
        if !row.name.isEmpty { values["name"] = row.name }
        return values
    }

    private func finding(
        _ finding: UploadReport.Finding, of shown: ShownRows
    ) -> PageValues {
        var values: PageValues = [
            "sheet": finding.sheet ?? "", "row": finding.row ?? 0, "column": finding.column ?? "",
            "found": finding.found ?? "", "isBlank": finding.found == nil,
            "sentence": finding.message, "remedy": finding.remedy, "code": finding.code,
            "isError": finding.isError, "isWarning": finding.severity == "warning",
            "fixAction": "\(path)/fix", "fixValue": finding.found ?? "",
            "isSelect": false,
        ]
        if let cell = finding.cell {
            values["cell"] = cell
            guard !isReadOnly, Code(rawValue: finding.code)?.isMendedInCell ?? true else {
                return values
            }
            values["columnLetters"] = String(cell.prefix { $0.isLetter })
            if let position = shown.choices(for: finding) {
                let choices = shown.choices[position].choices
                values["isSelect"] = choices.isSelect
                if choices.isSelect {
                    values["options"] = choices.options(for: finding.found ?? "")
                } else {
                    values["list"] = "choices-\(position)"
                }
            }
            // In a workbook that came back a row has another number than it had first.
            values["row"] = String(cell.drop { $0.isLetter })
        }
        if let suggestion = finding.suggestion { values["suggestion"] = suggestion }
        return values
    }
}

extension String {
    /// As it stands in a query: letters and digits, the rest by their bytes.
    var inQuery: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
