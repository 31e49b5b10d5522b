import Foundation
import Ledger
import Portals
import Validation

/// What an upload came to, as its page tells it.
struct UploadResult {
    let site: Site
    let upload: SiteUpload
    let head: UploadReport.Head
    let summary: UploadSummary
    let texts: PageTexts
    /// Its rows can't be fixed here any more.
    var isReadOnly = false
    /// An approval that came back, as its number of paid packages is another one; nil: none did.
    var typed: Form?

    var path: String { "/uploads/\(upload.id)" }
    var folder: String { site.configuration.uploadFolder(upload.id) }

    /// The language of what was found, where it is another one than the reader's.
    var foundIn: String? {
        let files = ReportFiles(of: upload, in: folder, for: texts.language)
        return files.language == texts.language ? nil : files.language
    }

    /// - Parameters:
    ///   - rows: what is looked at.
    ///   - place: the row that somebody comes back to.
    func values(
        _ rows: ShownRows, at place: String, lists: [RememberedList]
    ) throws -> PageValues {
        let counts = head.counts
        let groups = try summary.groups.map(group)
        var values: PageValues = [
            "counts": self.counts, "shares": shares, "groups": groups, "hasGroups": !groups.isEmpty,
            "notes": summary.notes, "hasNotes": !summary.notes.isEmpty,
            "downloads": downloads,
            "isChanged": try !UploadCorrection.all(in: folder).isEmpty,
            "fixAction": "\(path)/fix",
        ]
        values.merge(self.rows(rows, at: place)) { _, new in new }
        if counts.rejected > 0 {
            values["uploadAgainAction"] = "/portals/\(upload.portal)/uploads?after=\(upload.id)"
        }
        values["foundIn"] = foundIn
        values["foundText"] = foundIn.flatMap { Site.found(in: $0, texts) }
        if let since = UploadSince(folder: folder) { values["sinceText"] = since.text(texts) }
        if counts.hidden > 0 && upload.hiddenRows.isEmpty {
            values["hidden"] = [
                "text": texts("upload.hidden", ["count": counts.hidden]),
                "action": "\(path)/hidden",
            ]
        } else {
            values["approve"] = try approve(lists)
        }
        return values
    }

    private var counts: [PageValues] {
        let counts = head.counts
        return [
            ("rows", counts.rows, "plain"), ("ready", counts.accepted, "good"),
            ("fix", counts.rejected, "bad"), ("unchanged", counts.unchanged, "plain"),
            ("left_out", counts.leftOut, "plain"), ("blank", counts.blank, "plain"),
        ].filter { $0.1 > 0 || $0.2 != "plain" || $0.0 == "rows" }.map {
            ["label": texts("count.\($0.0)"), "value": texts.number($0.1), "kind": $0.2]
        }
    }

    /// The same to look at: a thousand wide, and what there is of is wide enough to be seen.
    private var shares: [PageValues] {
        let counts = head.counts
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

    /// One suggestion for many rows is offered only where it can do no harm.
    private func group(_ group: UploadSummary.Group) throws -> PageValues {
        var values: PageValues = [
            "sentence": group.message, "remedy": group.remedy, "code": group.code,
            "column": group.column,
            "rowsText": group.isConsequence
                ? texts("upload.group_follows", ["count": group.rowCount])
                : texts(
                    "upload.group_rows", ["count": group.rowCount, "ready": group.readyCount]),
            "firstText": texts(
                "upload.first", ["cell": "\(group.firstSheet)!\(group.firstCell)"]),
        ]
        guard let suggestion = group.suggestion else { return values }
        if group.rowCount == 1 {
            values["useOne"] = [
                "action": "\(path)/fix", "suggestion": suggestion, "sheet": group.firstSheet,
                "columnLetters": String(group.firstCell.prefix { $0.isLetter }),
                "row": String(group.firstCell.drop { $0.isLetter }),
            ]
        } else if try site.definition(upload.portal).isSafeForAll(column: group.column) {
            values["useAll"] = [
                "action": "\(path)/suggestions", "suggestion": suggestion,
                "found": group.found ?? "",
            ]
        }
        return values
    }

    // MARK: - What to do next

    private var downloads: [PageValues] {
        let order = ["rejected", "changes", "upload", "report", "data"]
        let names = Site.fileNames(in: "\(folder)/check")
        let known = order.flatMap { key in
            names.filter { Site.kind(ofFile: $0) == key }.map { ($0, key) }
        }
        return (known + [("workbook.xlsx", "workbook")]).map { name, key in
            [
                "href": "\(path)/files/\(name)", "text": texts("download.\(key)"),
                "hint": texts("download.\(key)_hint"),
            ]
        }
    }

    private func approve(_ lists: [RememberedList]) throws -> PageValues {
        let effects = head.effects
        if head.counts.accepted == 0 {
            let isSame = head.counts.rejected == 0 && head.counts.unchanged > 0
            return ["nothingText": texts(isSame ? "upload.same" : "upload.nothing")]
        }
        var values: PageValues = [
            "action": "\(path)/approve",
            "effects": EffectTexts(texts, try site.definition(upload.portal)).lines(effects),
            "digest": summary.digest ?? "", "paidCount": effects.paidCount,
            "isPaid": effects.paidCount > 0,
            "buttonText": texts("upload.approve_count", ["count": head.counts.accepted]),
            "paidText": texts("upload.paid_type", ["count": effects.paidCount]),
            "charges": typed?["charges"] ?? "", "note": typed?["note"] ?? "",
            "isWithoutList": typed?["withoutList"].isEmpty == false,
        ]
        if typed != nil {
            values["error"] = texts("error.charges", ["count": effects.paidCount])
        }
        if let missing = try site.missingList(upload, lists) {
            values["missingListText"] = texts(
                "upload.missing_list",
                ["list": missing.title.text(in: texts.language), "portal": portal])
        }
        return values
    }

    private var portal: String { site.title(ofPortal: upload.portal) }
}
