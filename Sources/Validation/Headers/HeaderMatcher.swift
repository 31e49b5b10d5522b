package import Portals

/// Finds a sheet's header row and says what each of its columns is.
///
/// Headers match by title, alias or any language of the Definition, in any order, whatever the
/// case, spacing and hyphens; a trailing `*` and notes in brackets such as `(optional)` don't
/// count.
package struct HeaderMatcher {
    /// Rows from the top among which the header is looked for.
    package static let rowCountMax = 20
    /// Headers that must match before a row is taken for the header.
    package static let matchCountMin = 2
    /// Columns with a header that are read.
    package static let columnCountMax = 200
    /// Bytes of a header that may be a known one: four for each of the 255 characters that Excel
    /// lets a table's column have.
    package static let titleSizeMax = 4 * 255

    package let sheet: SheetDefinition
    private var meanings: [[UInt8]: HeaderMeaning] = [:]
    /// Keys of the titles themselves, in every language.
    private var titles: Set<[UInt8]> = []

    package init(_ sheet: SheetDefinition) {
        self.sheet = sheet
        for column in OwnColumn.allCases {
            for title in column.title.all { meanings[Self.key(title)] = .own(column) }
        }
        for (index, field) in sheet.fields.enumerated() {
            for title in field.title.all.map(Self.key) {
                meanings[title] = .field(index)
                titles.insert(title)
            }
            for alias in field.aliases { meanings[Self.key(alias)] = .field(index) }
            for title in OwnColumn.suggestion(for: field).all {
                meanings[Self.key(title)] = .suggestion(index)
            }
        }
        // Titles of the template that is read win over what other columns are called by now.
        for (index, field) in sheet.fields.enumerated() {
            for title in field.former.compactMap(\.title).flatMap(\.all).map(Self.key) {
                meanings[title] = .field(index)
                titles.insert(title)
            }
        }
        // What has no key matches nothing.
        meanings[[]] = nil
    }

    /// The row that matches most, the first of equals; nil when none matches enough.
    package func match(_ rows: [HeaderRow]) -> HeaderMatch? {
        var best: (row: HeaderRow, count: Int)?
        for row in rows where row.rowIndex < Self.rowCountMax {
            let count = fieldCount(in: row)
            if count >= min(Self.matchCountMin, sheet.fields.count), count > best?.count ?? 0 {
                best = (row, count)
            }
        }
        return best.map {
            HeaderMatch(row: $0.row, meanings: $0.row.cells.map(meaning), titles: isTitle)
        }
    }

    private func fieldCount(in row: HeaderRow) -> Int {
        Set(row.cells.compactMap { meaning(of: $0).field }).count
    }

    private func meaning(of cell: HeaderCell) -> HeaderMeaning { meaning(of: cell.text) }

    /// What a column of a header is.
    package func meaning(of title: String) -> HeaderMeaning { meanings[Self.key(title)] ?? .extra }

    private func isTitle(_ text: String) -> Bool { titles.contains(Self.key(text)) }

    /// A header without what doesn't count; nothing of one that is too long to be known, which is
    /// not looked at: anybody may write a megabyte into a cell above the rows.
    private static func key(_ text: String) -> [UInt8] {
        guard text.utf8.count <= titleSizeMax else { return [] }
        var depth = 0
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "*" {
            if scalar == "(" || scalar == "[" { depth += 1 }
            if depth == 0 && !isSeparator(scalar) { kept.append(scalar) }
            if scalar == ")" || scalar == "]" { depth = max(0, depth - 1) }
        }
        return NameKey.bytes(of: String(kept))
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "_", " ", ":", "\u{2010}"..."\u{2013}": true
        case "!"..."~": false
        default: scalar.properties.isWhitespace
        }
    }
}

/// A row that may be the header.
package struct HeaderRow: Sendable {
    /// From 0.
    package var rowIndex: Int
    package var cells: [HeaderCell]

    package init(rowIndex: Int, cells: [HeaderCell]) {
        self.rowIndex = rowIndex
        self.cells = cells
    }
}

/// One cell of such a row, its text trimmed.
package struct HeaderCell: Sendable {
    package var columnIndex: Int
    package var text: String

    package init(columnIndex: Int, text: String) {
        self.columnIndex = columnIndex
        self.text = text
    }
}

/// What a column is, by its header.
package enum HeaderMeaning: Sendable, Equatable {
    case field(Int)
    case own(OwnColumn)
    /// Rowgate's suggestions for a field.
    case suggestion(Int)
    case extra

    package var field: Int? {
        guard case .field(let index) = self else { return nil }
        return index
    }
}
