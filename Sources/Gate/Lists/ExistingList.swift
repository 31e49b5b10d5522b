import Catalogue
package import Portals
package import Validation

/// A list of customers that exist already, read as known records of a Definition.
///
/// CSV or XLSX with the template's headers; or text with a key a line, where a line with an `@` is
/// the address of somebody's record.
package struct ExistingList {
    package let records: KnownRecords

    package init(_ file: ListFile, of definition: Definition) throws(ListFile.Failure) {
        var rows: [(number: Int, texts: [String])] = []
        try file.forEachRow { rows.append(($0.number, $0.texts)) }
        if rows.isEmpty { throw file.failure(.fileEmpty, "there is no customer in it") }
        var records = KnownRecords()
        for (index, sheet) in definition.sheets.enumerated() {
            let header = Self.header(of: sheet, in: rows)
            if header == nil && index > 0 { continue }
            let columns = header?.columns ?? [:]
            for row in rows where row.number > header?.number ?? 0 {
                var values = [String?](repeating: nil, count: sheet.fields.count)
                if header == nil {
                    Self.single(row.texts.first ?? "", of: sheet, into: &values)
                } else {
                    for (column, field) in columns where column < row.texts.count {
                        values[field] = row.texts[column]
                    }
                }
                let record = KnownRecord(values: values, origin: "\(file.name), row \(row.number)")
                records.add(record, of: sheet)
            }
        }
        self.records = records
    }

    private static func header(
        of sheet: SheetDefinition, in rows: [(number: Int, texts: [String])]
    ) -> (number: Int, columns: [Int: Int])? {
        let candidates = rows.prefix(HeaderMatcher.rowCountMax).map { row in
            HeaderRow(
                rowIndex: row.number - 1,
                cells: row.texts.enumerated().map {
                    HeaderCell(columnIndex: $0.offset, text: $0.element)
                })
        }
        guard let match = HeaderMatcher(sheet).match(candidates) else { return nil }
        var columns: [Int: Int] = [:]
        for column in match.columns {
            if case .field(let field) = column.meaning { columns[column.columnIndex] = field }
        }
        return (match.rowIndex + 1, columns)
    }

    /// A line that is one value: an address, or the key.
    private static func single(
        _ text: String, of sheet: SheetDefinition, into values: inout [String?]
    ) {
        let email = sheet.fields.firstIndex { $0.type == .email }
        let field = text.contains("@") ? email : sheet.key.first.flatMap { sheet.fieldIndex($0) }
        if let field { values[field] = text }
    }
}
