import Catalogue
package import Portals
package import Validation

/// A list of customers that exist already, read as known records of a Definition.
///
/// XLSX with the template's sheets, or one of them under any name; CSV with the headers of one
/// sheet; or text with a key a line, where a line with an `@` is the address of somebody's record.
package struct ExistingList {
    package private(set) var records = KnownRecords()
    /// The rows themselves; none unless they are kept.
    private(set) var rows = ListedRows()

    /// - Parameters:
    ///   - settings: the portal's, whose lists of choices say what values are called.
    ///   - keepsRepeated: whether a row with the key of one before is kept beside it, not in its
    ///     place.
    ///   - keepsRows: whether its rows are kept as they stand in it, to be judged.
    package init(
        _ file: ListFile, of definition: Definition, settings: Settings,
        keepsRepeated: Bool = false, keepsRows: Bool = false
    ) throws(ListFile.Failure) {
        let tables = try file.tables()
        if tables.allSatisfy(\.rows.isEmpty) {
            throw file.failure(.sheetNoRows, "there is no customer in it")
        }
        var isAnyRead = false
        for table in tables where !table.rows.isEmpty {
            guard let found = Self.sheet(of: table, in: definition) else { continue }
            let sheet = definition.sheets[found.sheet]
            let normal = sheet.fields.map {
                NormalValue(of: $0, settings: settings, defaults: definition.settings)
            }
            let place = file.name + (tables.count > 1 ? ", \(table.name)!A" : ", A")
            if keepsRows {
                let header = table.rows.first { $0.number == found.headerNumber }?.texts ?? []
                let columns = found.columns.sorted { $0.key < $1.key }
                rows.begin(
                    found.sheet, of: definition, named: table.name,
                    headerNumber: found.headerNumber,
                    columns.map { ($0.value, $0.key, header[$0.key]) })
            }
            for row in table.rows where row.number > found.headerNumber {
                var values = [String?](repeating: nil, count: sheet.fields.count)
                for (column, field) in found.columns where column < row.texts.count {
                    values[field] = normal[field].value(of: row.texts[column])
                }
                let id = found.idColumn.flatMap { $0 < row.texts.count ? row.texts[$0] : nil }
                let record = KnownRecord(
                    values: values, origin: "\(place)\(row.number)", id: id == "" ? nil : id)
                if keepsRows { rows.add(record, number: row.number) }
                if keepsRepeated {
                    records.add(record, key: Array(record.origin.utf8), toSheet: sheet.id)
                } else {
                    records.add(record, of: sheet)
                }
            }
            isAnyRead = true
        }
        if !isAnyRead, let lines = tables.first?.rows {
            try readLines(lines, of: definition, file, keepsRows: keepsRows)
        }
    }

    /// Lines that are one value: what a title above them says, else an address, or the key.
    private mutating func readLines(
        _ lines: [ListFile.TableRow], of definition: Definition, _ file: ListFile,
        keepsRows: Bool
    ) throws(ListFile.Failure) {
        guard let sheet = definition.sheets.first,
            let key = sheet.key.first.flatMap({ sheet.fieldIndex($0) })
        else { return }
        // Of several values a line nobody can tell which is the key.
        if lines.contains(where: { $0.texts.dropFirst().contains { !$0.isEmpty } }) {
            throw file.failure(.headerMissing, sheet.fields[key].title.text(in: "en"))
        }
        let email = sheet.fields.firstIndex { $0.type == .email }
        let title = HeaderMatcher(sheet).meaning(of: lines.first?.texts.first ?? "").field
        if keepsRows {
            let fields = Set([title, email, key].compactMap(\.self)).sorted()
            rows.begin(
                0, of: definition, named: file.name, headerNumber: 0,
                fields.map { ($0, 0, sheet.fields[$0].title.text(in: "en")) })
        }
        for row in lines.dropFirst(title == nil ? 0 : 1) {
            var values = [String?](repeating: nil, count: sheet.fields.count)
            let text = row.texts.first ?? ""
            values[title ?? (text.contains("@") ? email : nil) ?? key] = text
            let record = KnownRecord(values: values, origin: "\(file.name), A\(row.number)")
            if keepsRows { rows.add(record, number: row.number) }
            records.add(record, of: sheet)
        }
    }

    /// Which sheet of the Definition a table is: by its name, else by most of its headers.
    private static func sheet(
        of table: ListFile.Table, in definition: Definition
    ) -> (sheet: Int, headerNumber: Int, columns: [Int: Int], idColumn: Int?)? {
        let candidates = table.rows.prefix(HeaderMatcher.rowCountMax).map { row in
            HeaderRow(
                rowIndex: row.number - 1,
                cells: row.texts.enumerated().map {
                    HeaderCell(columnIndex: $0.offset, text: $0.element)
                })
        }
        let matches = definition.sheets.indices.compactMap { index in
            HeaderMatcher(definition.sheets[index]).match(candidates).map { (sheet: index, $0) }
        }
        let named = matches.first {
            WorksheetName.position(of: definition.sheets[$0.sheet], among: [table.name]) != nil
        }
        let best = matches.map(\.1.fieldCount).max()
        guard let found = named ?? matches.first(where: { $0.1.fieldCount == best }) else {
            return nil
        }
        var columns: [Int: Int] = [:]
        for column in found.1.columns {
            if case .field(let field) = column.meaning { columns[column.columnIndex] = field }
        }
        let idColumn = found.1.columns.first { $0.meaning == .own(.id) }?.columnIndex
        return (found.sheet, found.1.rowIndex + 1, columns, idColumn)
    }
}
