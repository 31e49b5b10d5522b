import Catalogue
import Foundation

/// What resolves most, counted once for an upload.
struct UploadSummary: Codable, Sendable {
    /// Rows with the same problem and the same answer to it.
    struct Group: Codable, Sendable {
        let code: String
        let column: String
        let message: String
        let remedy: String
        let suggestion: String?
        let firstSheet: String
        let firstCell: String
        /// What stands in the cells, where there is a suggestion; nil for blank ones.
        var found: String?
        var rowCount: Int
        /// Rows that have no other problem.
        var readyCount: Int

        /// Whether it is gone once another row is fixed.
        var isConsequence: Bool { Code(rawValue: code)?.isConsequence ?? false }

        /// What mends most comes first, and what nobody can mend by itself last.
        fileprivate func comesBefore(_ other: Group) -> Bool {
            if isConsequence != other.isConsequence { return other.isConsequence }
            return (other.readyCount, other.rowCount, firstSheet, firstCell)
                < (readyCount, rowCount, other.firstSheet, other.firstCell)
        }
    }

    private struct Key: Hashable {
        let code, sheet, column, remedy: String
        let suggestion: String?
        /// What one answer is for: other values want others.
        let found: String?
    }

    private struct Row: Hashable {
        let sheet: String
        let number: Int
    }

    let groups: [Group]
    let notes: [String]
    /// Of the report; nil in summaries of earlier versions.
    let digest: String?

    /// The most that are shown, and the problems that are looked at: nobody mends more by hand.
    private static let (groupCountMax, findingCountMax) = (10, 50_000)

    /// The one that was counted before; nil for none.
    ///
    /// - Parameter folder: the upload's.
    static func kept(in folder: String) throws -> UploadSummary? {
        try kept(at: "\(folder)/summary.json")
    }

    private static func kept(at path: String) throws -> UploadSummary? {
        try FileManager.default.contents(atPath: path).map {
            try JSONDecoder().decode(UploadSummary.self, from: $0)
        }
    }

    /// The one that was counted before, else one that is counted now; nil without a report.
    static func of(_ files: ReportFiles, approvedBy digest: @autoclosure () -> String?) throws
        -> UploadSummary?
    {
        if let kept = try kept(at: files.summary), kept.digest != nil { return kept }
        return UploadReport(files.report).map { UploadSummary($0, approvedBy: digest() ?? "") }
    }

    /// - Parameter digest: of the report in the language of whoever sent the workbook.
    init(_ report: UploadReport, approvedBy digest: String) {
        var rows: [Key: [Row]] = [:]
        var firsts: [Key: UploadReport.Finding] = [:]
        var problems: [Row: Set<Key>] = [:]
        var notes: [String] = []
        for finding in report.findings.prefix(Self.findingCountMax) {
            guard finding.isError, let number = finding.row, let sheet = finding.sheet else {
                if finding.row == nil { notes.append("\(finding.message) \(finding.remedy)") }
                continue
            }
            let key = Key(
                code: finding.code, sheet: sheet, column: finding.column ?? "",
                remedy: finding.remedy, suggestion: finding.suggestion,
                found: finding.suggestion == nil ? nil : finding.found)
            let row = Row(sheet: sheet, number: number)
            if firsts[key] == nil { firsts[key] = finding }
            if problems[row, default: []].insert(key).inserted {
                rows[key, default: []].append(row)
            }
        }
        self.notes = notes
        self.digest = digest
        groups = rows.map { key, rows in
            let first = firsts[key]
            return Group(
                code: key.code, column: key.column, message: first?.message ?? "",
                remedy: key.remedy, suggestion: key.suggestion, firstSheet: key.sheet,
                firstCell: first?.cell ?? "", found: key.found, rowCount: rows.count,
                readyCount: rows.count { problems[$0]?.count == 1 })
        }.sorted { $0.comesBefore($1) }.prefix(Self.groupCountMax).map { $0 }
    }
}
