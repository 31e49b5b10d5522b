import Catalogue
import Portals
import Spreadsheet
import Validation

/// What places of a judged workbook are called: addresses, titles, and values as people see them.
///
/// A class, as each finding asks for it.
final class WorkbookWords: Sendable {
    let judged: JudgedWorkbook
    let addresses: any CellAddresses
    let messages: Messages
    /// By sheet and field: the column's title in the workbook.
    private let titles: [[String]]
    /// By sheet: what a row is, as people say it.
    private let nouns: [String]

    init(_ judged: JudgedWorkbook, addresses: any CellAddresses, messages: Messages) {
        self.judged = judged
        self.addresses = addresses
        self.messages = messages
        titles = judged.store.sheets.indices.map { sheet in
            judged.sheetDefinition(sheet).fields.enumerated().map { index, field in
                judged.store.sheets[sheet].title(ofField: index)
                    ?? field.title.text(in: messages.language)
            }
        }
        nouns = judged.store.sheets.indices.map {
            judged.sheetDefinition($0).noun.text(in: messages.language)
        }
    }

    // MARK: Names

    func noun(ofSheet sheet: Int) -> String { nouns[sheet] }

    /// The title of a field's column as it stands in the workbook, in one line.
    func title(sheet: Int, field: Int) -> String { titles[sheet][field] }

    /// Rules name columns and lists by their English titles; people know those of their workbook.
    func localised(_ arguments: [String: String], sheet: Int) -> [String: String] {
        if arguments.isEmpty { return arguments }
        var arguments = arguments
        for name in MessageArgument.ofDays {
            arguments[name] = arguments[name].map { DayText.text($0, in: messages.language) }
        }
        if let other = arguments["other"] { arguments["other"] = title(sheet, english: other) }
        if let columns = arguments["columns"] {
            arguments["columns"] = messages.joined(
                columns.split(separator: ", ").map { title(sheet, english: String($0)) })
        }
        let list = judged.definition.directories.first {
            $0.title.text(in: "en") == arguments["list"]
        }
        if let list { arguments["list"] = list.title.text(in: messages.language) }
        if let names = arguments["sheet"] {
            arguments["sheet"] = messages.eitherOf(
                names.split(separator: "\n").map { name in
                    let other = judged.definition.sheets.first { $0.title.text(in: "en") == name }
                    return other?.title.text(in: messages.language) ?? String(name)
                })
        }
        return arguments
    }

    /// Rules name actions by their English words.
    func actions(_ list: String) -> String {
        messages.joined(
            list.split(separator: ", ").map { word in
                Action(rawValue: String(word))?.title.text(in: messages.language) ?? String(word)
            })
    }

    /// What people call a value of a field, that rules name as the portal does.
    func shown(_ value: String, _ place: Place) -> String {
        guard let sheet = place.sheet, let field = place.field else { return value }
        let definition = judged.sheetDefinition(sheet).fields[field]
        if definition.type == .date { return DayText.text(value, in: messages.language) }
        return definition.shown(value, in: messages.language)
    }

    /// `First Name: Bob → Bobby; Owner: Yes → (empty)`
    func told(_ differences: [FindingDetail.Difference], sheet: Int) -> String {
        differences.map { difference in
            let place = Place(sheet: sheet, field: difference.field)
            let values = [difference.known, difference.new].map { value in
                value.isEmpty ? messages.fragment("value.empty") : shown(value, place)
            }
            return "\(title(sheet: sheet, field: difference.field)): "
                + values.joined(separator: " → ")
        }.joined(separator: "; ")
    }

    /// Rules name choices by their values; people know them by their titles, and not by dozens.
    func choices(_ list: String, _ place: Place) -> String {
        guard let sheet = place.sheet, let field = place.field,
            case .list(let choices) = judged.sheetDefinition(sheet).fields[field].choices
        else { return list }
        let values = list.split(separator: ", ").map(String.init)
        // What is called by several words is told by the first one.
        let titles = values.compactMap { value in
            choices.first { $0.value == value }?.title.text(in: messages.language)
        }
        guard titles.count == values.count else { return list }
        let told = titles.prefix(Self.choiceCountMax).joined(separator: ", ")
        return titles.count > Self.choiceCountMax ? "\(told), …" : told
    }

    /// Choices that a sentence names.
    private static let choiceCountMax = 12

    private func title(_ sheet: Int, english: String) -> String {
        let field = judged.sheetDefinition(sheet).fields.firstIndex {
            $0.title.text(in: "en") == english
        }
        return field.map { titles[sheet][$0] } ?? english
    }

    // MARK: Cells

    /// `B14`; nil when the workbook lacks the row or the column, and for a place that is no cell.
    func cell(_ place: Place) -> String? {
        guard let sheet = place.sheet, let row = place.row, let field = place.field else {
            return nil
        }
        return cell(sheet, row, addresses.columnIndex(sheet: sheet, field: field))
    }

    /// The cell that says what a row asks for.
    func actionCell(sheet: Int, row: Int) -> String? {
        cell(sheet, row, addresses.actionColumnIndex(sheet: sheet))
    }

    private func cell(_ sheet: Int, _ row: Int, _ columnIndex: Int?) -> String? {
        guard let columnIndex, let number = addresses.rowNumber(sheet: sheet, row: row) else {
            return nil
        }
        return CellReference(rowIndex: number - 1, columnIndex: columnIndex).description
    }

    /// A cell as it is named in a text about another place: `B7`, `Companies!B7`, and the row where
    /// there is no such cell.
    func related(_ place: Place, from home: Place) -> String {
        guard let sheet = place.sheet, let row = place.row else { return "" }
        let name = cell(place) ?? cell(keyPlace(sheet, row)) ?? rowText(sheet, row)
        return sheet == home.sheet ? name : "\(quoted(addresses.sheetName(sheet)))!\(name)"
    }

    private func rowText(_ sheet: Int, _ row: Int) -> String {
        if let number = addresses.rowNumber(sheet: sheet, row: row) {
            return messages.fragment("place.row", ["row": "\(number)"])
        }
        let number = judged.store.sheets[sheet].originalRowNumber(row)
        return messages.fragment("place.first_upload", ["row": "\(number)"])
    }

    /// The cell that stands for a row: the first of its key.
    private func keyPlace(_ sheet: Int, _ row: Int) -> Place {
        let definition = judged.sheetDefinition(sheet)
        return Place(
            sheet: sheet, row: row, field: definition.key.first.flatMap(definition.fieldIndex))
    }

    /// A sheet's name as references have it: `'My customers'`.
    private func quoted(_ name: String) -> String {
        let isPlain =
            name.utf8.allSatisfy(\.isLetterOrDigit) && name.utf8.first?.isDigit == false
        return isPlain ? name : "'\(name.replacing("'", with: "''"))'"
    }

    // MARK: Values

    /// The cell's text as it came; nil for a blank one.
    func found(_ place: Place) -> String? {
        guard let sheet = place.sheet, let row = place.row, let field = place.field else {
            return nil
        }
        let cell = judged.store.sheets[sheet].cell(row: row, field: field)
        return cell.kind == .blank ? nil : judged.store.text(of: cell)
    }

    /// The value as a person sees it in the cell; for a row, its key.
    func value(_ place: Place) -> String? {
        guard let sheet = place.sheet, let row = place.row else { return nil }
        guard let field = place.field else { return key(sheet, row) }
        let cell = judged.store.sheets[sheet].cell(row: row, field: field)
        return shown(cell)
    }

    private func key(_ sheet: Int, _ row: Int) -> String? {
        let definition = judged.sheetDefinition(sheet)
        let fields = definition.key.compactMap { definition.fieldIndex($0) }
        let values = fields.compactMap {
            shown(judged.store.sheets[sheet].cell(row: row, field: $0))
        }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    private func shown(_ cell: StoredCell) -> String? {
        let text = Trimming.trimmed(judged.store.text(of: cell))
        switch cell.kind {
        case .blank: return nil
        case .boolean: return text == "1" ? "TRUE" : "FALSE"
        case .date:
            let serial = NumberText.value(of: text).flatMap {
                SerialDate($0, system: judged.store.dateSystem)
            }
            return serial.map { DayText.text($0.isoText, in: messages.language) } ?? text
        default: return text.isEmpty ? nil : text
        }
    }
}

extension MessageArgument {
    /// Names of those that may be days, which rules give in ISO 8601.
    static let ofDays = [date, min, max].map(\.rawValue)
}

extension SheetStore {
    /// Nil when the workbook lacks the column.
    fileprivate func title(ofField field: Int) -> String? {
        column(ofField: field).map { columns[$0].titleInOneLine }
    }
}

extension StoredColumn {
    /// The header's text without the line breaks people put in to save width.
    var titleInOneLine: String {
        title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isLetterOrDigit: Bool {
        isDigit || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
    }
}
