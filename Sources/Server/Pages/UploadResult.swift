import Foundation
import Ledger
import Portals

/// What an upload came to, as its page tells it.
struct UploadResult {
    let site: Site
    let upload: SiteUpload
    let report: UploadReport
    let texts: PageTexts

    private var path: String { "/uploads/\(upload.id)" }
    private var folder: String { site.configuration.uploadFolder(upload.id) }

    /// - Parameter query: which rows are looked at.
    func values(_ query: Form, lists: [RememberedList]) throws -> PageValues {
        let counts = report.head.counts
        let summary = try UploadSummary.kept(in: folder) ?? UploadSummary(report)
        let groups = summary.groups.map(group)
        var values: PageValues = [
            "counts": self.counts, "shares": shares, "groups": groups, "hasGroups": !groups.isEmpty,
            "notes": summary.notes, "hasNotes": !summary.notes.isEmpty,
            "downloads": downloads, "uploadAgainAction": "/portals/\(upload.portal)/uploads",
            "isChanged": try !UploadCorrection.all(in: folder).isEmpty,
            "fixAction": "\(path)/fix",
        ]
        values.merge(rows(query)) { _, new in new }
        if let since = UploadSince(folder: folder) { values["sinceText"] = since.text(texts) }
        if counts.hidden > 0 && upload.hiddenRows.isEmpty {
            values["hidden"] = [
                "text": texts("upload.hidden", ["count": counts.hidden]),
                "action": "\(path)/hidden",
            ]
        } else {
            values["approve"] = try approve(lists, summary)
        }
        return values
    }

    private var counts: [PageValues] {
        let counts = report.head.counts
        return [
            ("rows", counts.rows, "plain"), ("ready", counts.accepted, "good"),
            ("fix", counts.rejected, "bad"), ("unchanged", counts.unchanged, "plain"),
            ("left_out", counts.leftOut, "plain"), ("blank", counts.blank, "plain"),
        ].filter { $0.1 > 0 || $0.2 != "plain" || $0.0 == "rows" }.map {
            ["label": texts("count.\($0.0)"), "value": $0.1, "kind": $0.2]
        }
    }

    /// The same to look at: a thousand wide, and what there is of is wide enough to be seen.
    private var shares: [PageValues] {
        let counts = report.head.counts
        let others = counts.unchanged + counts.leftOut + counts.blank
        let parts = [("good", counts.accepted), ("bad", counts.rejected), ("plain", others)]
            .filter { $0.1 > 0 }
        let rowCount = parts.reduce(0) { $0 + $1.1 }
        var start = 0
        return parts.enumerated().map { index, part in
            let room = 1_000 - start - Self.shareMin * (parts.count - 1 - index)
            let isLast = index == parts.count - 1
            let width = isLast ? room : min(max(part.1 * 1_000 / rowCount, Self.shareMin), room)
            defer { start += width }
            return ["kind": part.0, "start": "\(start)", "width": "\(width)"]
        }
    }

    private static let shareMin = 8

    private func group(_ group: UploadSummary.Group) -> PageValues {
        var values: PageValues = [
            "sentence": group.message, "remedy": group.remedy, "code": group.code,
            "column": group.column,
            "rowsText": texts(
                "upload.group_rows", ["count": group.rowCount, "ready": group.readyCount]),
            "firstText": texts(
                "upload.first", ["cell": "\(group.firstSheet)!\(group.firstCell)"]),
        ]
        if let suggestion = group.suggestion {
            values["suggestion"] = suggestion
            values["useAction"] = "\(path)/suggestions"
            values["count"] = group.rowCount
        }
        return values
    }

    // MARK: - Rows

    /// A page of rows with problems, those that hold some words and of some kind.
    private func rows(_ query: Form) -> PageValues {
        let (words, kind) = (query["query"].trimmed, query["kind"])
        let page = query.pageNumber
        let first = (page - 1) * SiteLimits.rowsPerPage
        var (rows, row, position) = ([PageValues](), [UploadReport.Finding](), -1)
        func close() {
            guard !row.isEmpty else { return }
            position += 1
            if position >= first && rows.count < SiteLimits.rowsPerPage {
                rows.append(self.row(row))
            }
            row = []
        }
        for finding in report.findings where finding.row != nil {
            if kind == "error" && !finding.isError || kind == "warning" && finding.isError {
                continue
            }
            if !words.isEmpty && !Self.holds(words, finding) { continue }
            if let last = row.last, last.row != finding.row || last.sheet != finding.sheet {
                close()
                if rows.count == SiteLimits.rowsPerPage { break }
            }
            row.append(finding)
        }
        close()
        let escaped = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let link = { (page: Int) in "\(path)?page=\(page)&kind=\(kind)&query=\(escaped)#rows" }
        var values: PageValues = [
            "rows": rows, "hasRows": !rows.isEmpty, "query": words, "filterAction": path,
            "isFiltered": !words.isEmpty || !kind.isEmpty,
            "kinds": ["", "error", "warning"].map { value -> PageValues in
                [
                    "value": value, "isChosen": value == kind,
                    "text": texts("upload.kind_\(value.isEmpty ? "all" : value)"),
                ]
            },
            "pageText": texts(
                "upload.page", ["first": first + 1, "last": first + rows.count]),
        ]
        if page > 1 { values["previousHref"] = link(page - 1) }
        if position >= first + SiteLimits.rowsPerPage { values["nextHref"] = link(page + 1) }
        return values
    }

    private static func holds(_ words: String, _ finding: UploadReport.Finding) -> Bool {
        [finding.found, finding.message, finding.column, finding.cell, finding.code].contains {
            $0?.localizedCaseInsensitiveContains(words) ?? false
        }
    }

    private func row(_ findings: [UploadReport.Finding]) -> PageValues {
        let number = findings.first?.row ?? 0
        return [
            "sheet": findings.first?.sheet ?? "", "number": number,
            "title": texts("upload.row", ["number": number]),
            "findings": findings.map(finding),
        ]
    }

    private func finding(_ finding: UploadReport.Finding) -> PageValues {
        var values: PageValues = [
            "sheet": finding.sheet ?? "", "row": finding.row ?? 0, "column": finding.column ?? "",
            "found": finding.found ?? "", "isBlank": finding.found == nil,
            "sentence": finding.message, "remedy": finding.remedy, "code": finding.code,
            "isError": finding.isError, "isWarning": finding.severity == "warning",
            "fixAction": "\(path)/fix", "fixValue": finding.found ?? "",
        ]
        if let cell = finding.cell {
            values["cell"] = cell
            values["columnLetters"] = String(cell.prefix { $0.isLetter })
        }
        if let suggestion = finding.suggestion { values["suggestion"] = suggestion }
        return values
    }

    // MARK: - What to do next

    private var downloads: [PageValues] {
        let names = FileManager.default.subpaths(atPath: "\(folder)/check") ?? []
        let known =
            [
                ("rejected.xlsx", "rejected"), ("changes.xlsx", "changes"),
                ("upload.xlsx", "upload"),
                ("report.json", "report"),
            ].filter { names.contains($0.0) } + [("workbook.xlsx", "workbook")]
        return known.map { name, key in
            [
                "href": "\(path)/files/\(name)", "text": texts("download.\(key)"),
                "hint": texts("download.\(key)_hint"),
            ]
        }
    }

    private func approve(
        _ lists: [RememberedList], _ summary: UploadSummary
    ) throws -> PageValues {
        let effects = report.head.effects
        if report.head.counts.accepted == 0 { return ["nothingText": texts("upload.nothing")] }
        var values: PageValues = [
            "action": "\(path)/approve",
            "effects": EffectTexts(texts, try site.definition(upload.portal)).lines(effects),
            "digest": summary.digest ?? report.digest, "paidCount": effects.paidCount,
            "isPaid": effects.paidCount > 0,
            "buttonText": texts("upload.approve_count", ["count": report.head.counts.accepted]),
            "paidText": texts("upload.paid_type", ["count": effects.paidCount]),
        ]
        if let missing = try site.missingList(upload, lists) {
            values["missingListText"] = texts(
                "upload.missing_list",
                ["list": missing.title.text(in: texts.language), "portal": portal])
        }
        return values
    }

    private var portal: String { site.title(ofPortal: upload.portal) }
}
