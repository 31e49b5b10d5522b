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
            for title in field.title.all + field.aliases {
                meanings[Self.key(title)] = .field(index)
            }
            titles.formUnion(field.title.all.map(Self.key))
            for title in OwnColumn.suggestion(for: field).all {
                meanings[Self.key(title)] = .suggestion(index)
            }
        }
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

    private func meaning(of cell: HeaderCell) -> HeaderMeaning {
        meanings[Self.key(cell.text)] ?? .extra
    }

    private func isTitle(_ text: String) -> Bool { titles.contains(Self.key(text)) }

    /// A header without what doesn't count.
    private static func key(_ text: String) -> [UInt8] {
        var depth = 0
        var kept = ""
        for character in text where character != "*" {
            if character == "(" || character == "[" { depth += 1 }
            if depth == 0 && !character.isWhitespace && character != "-" && character != "_"
                && character != "\u{2010}" && character != "\u{2011}" && character != ":"
            {
                kept.append(character)
            }
            if character == ")" || character == "]" { depth = max(0, depth - 1) }
        }
        return NameKey.bytes(of: kept)
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

    var field: Int? {
        guard case .field(let index) = self else { return nil }
        return index
    }
}
