import Catalogue
import Portals
import Spreadsheet
import Validation

/// What there is to say about a header row.
struct HeaderFindings {
    /// Said at once.
    let findings: [FileFinding]
    /// Required columns that are not there: said when the sheet's rows matter.
    let missing: [FileFinding]

    init(sheet: SheetDefinition, name: String, match: HeaderMatch) {
        missing = Self.missing(in: sheet, name: name, match: match)
        var findings = match.repeated.map { Self.about($0, .headerDuplicate, name, match) }
        for column in match.columns {
            switch column.meaning {
            case .extra: findings.append(Self.about(column, .headerUnknown, name, match))
            case .field(let field) where column.isAlias:
                var finding = Self.about(column, .headerRenamed, name, match)
                finding.arguments["field"] = sheet.fields[field].title.text(in: "en")
                findings.append(finding)
            case .field, .own, .suggestion: break
            }
        }
        if match.columns.count > HeaderMatcher.columnCountMax {
            findings.append(
                FileFinding(
                    .workbookTooManyColumns, sheet: name, found: "\(match.columns.count)",
                    arguments: ["max": "\(HeaderMatcher.columnCountMax)"]))
        }
        self.findings = findings
    }

    static func missing(
        in sheet: SheetDefinition, name: String, match: HeaderMatch?
    ) -> [FileFinding] {
        sheet.fields.indices.filter { index in
            sheet.fields[index].isRequired && !(match?.hasField(index) ?? false)
        }.map { index in
            let title = sheet.fields[index].title.text(in: "en")
            return FileFinding(
                .headerMissing, sheet: name, rowNumber: match.map { $0.rowIndex + 1 },
                column: title, arguments: ["field": title])
        }
    }

    private static func about(
        _ column: HeaderMatch.Column, _ code: Code, _ name: String, _ match: HeaderMatch
    ) -> FileFinding {
        let cell = CellReference(rowIndex: match.rowIndex, columnIndex: column.columnIndex)
        return FileFinding(
            code, sheet: name, rowNumber: cell.rowNumber, column: column.title, cell: "\(cell)",
            found: column.title, arguments: ["value": column.title])
    }
}
