import Catalogue
import Portals
import Validation

/// The rows that a JSON report has findings of: where these begin, and what each row is called and
/// says, so that a row is found without reading the report up to it.
///
/// A line each, in the order of the report, its parts between tabs: the byte of the report at which
/// the row's first finding begins, the kinds of its findings, its key, and in small letters its
/// number, its cells, and the columns and codes of its findings.
package struct ReportRows: Sendable {
    /// Kinds of a row's findings, added up.
    private enum Kinds {
        static let error = 1
        static let other = 2
    }

    private struct Row {
        let sheet: Int32
        let row: Int32
        let firstFinding: Int32
        var findingCount: Int32 = 1
        let offset: Int
        var kinds: Int
    }

    /// Characters of a cell, and bytes of a row: one text can stand in every cell of a workbook.
    private static let (cellLengthMax, textSizeMax) = (200, 2_000)

    private let judged: JudgedWorkbook?
    private var rows: [Row] = []

    init(_ facts: ReportFacts) { judged = facts.judged }

    /// - Parameters:
    ///   - finding: of the verdicts, by its index.
    ///   - offset: where its line begins.
    mutating func note(_ finding: Int, at offset: Int) {
        guard let found = judged?.verdicts.findings[finding], let sheet = found.place.sheet,
            let row = found.place.row
        else { return }
        let kind = found.severity == .error ? Kinds.error : Kinds.other
        if let last = rows.last, last.sheet == Int32(sheet), last.row == Int32(row) {
            rows[rows.count - 1].kinds |= kind
            rows[rows.count - 1].findingCount += 1
        } else {
            rows.append(
                Row(
                    sheet: Int32(sheet), row: Int32(row), firstFinding: Int32(finding),
                    offset: offset, kinds: kind))
        }
    }

    package func write(to sink: inout some ReportSink) throws {
        guard let judged else { return }
        var buffer = ReportBuffer()
        for row in rows {
            let name = Self.plain(name(row, judged))
            buffer.append("\(row.offset)\t\(row.kinds)\t\(name)\t\(text(row, judged))\n")
            try buffer.pass(to: &sink)
        }
        try buffer.flush(to: &sink)
    }

    private func name(_ row: Row, _ judged: JudgedWorkbook) -> String {
        let sheet = judged.sheetDefinition(Int(row.sheet))
        return sheet.key.compactMap(sheet.fieldIndex).map { field in
            let text = judged.store.text(sheet: Int(row.sheet), row: Int(row.row), field: field)
            return String(Trimming.trimmed(text).prefix(Self.cellLengthMax))
        }.filter { !$0.isEmpty }.joined(separator: " / ")
    }

    private func text(_ row: Row, _ judged: JudgedWorkbook) -> String {
        let store = judged.store.sheets[Int(row.sheet)]
        var text = "\(store.originalRowNumber(Int(row.row)))"
        var columns: Set<Int> = []
        let findings = judged.verdicts.findings[Int(row.firstFinding)...]
        for finding in findings.prefix(Int(row.findingCount)) {
            text += " \(finding.code.rawValue)"
            if let field = finding.place.field, columns.insert(field).inserted,
                let column = store.column(ofField: field)
            {
                text += " \(store.columns[column].titleInOneLine)"
            }
        }
        for column in store.columns.indices where text.utf8.count < Self.textSizeMax {
            let cell = judged.store.text(of: store.cell(row: Int(row.row), column: column))
            if !cell.isEmpty { text += " \(cell.prefix(Self.cellLengthMax))" }
        }
        return Self.plain(text.lowercased())
    }

    /// Without what stands between lines and their parts.
    private static func plain(_ text: String) -> String {
        String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    }
}
