import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX

/// What template and rejected workbook have in common on a data sheet: widths, header, dropdowns,
/// prompts, colours. The rows are somebody else's.
struct DataSheet {
    let content: TemplateContent
    /// Index in the Definition.
    let index: Int
    let layout: SheetLayout
    let look: WorkbookLook
    let name: SheetName
    let checks: LiveChecks
    /// Titles of the reseller's own columns, by their position in the `SheetStore`.
    var extraTitles: [Int: String] = [:]

    init(
        _ content: TemplateContent, index: Int, layout: SheetLayout, look: WorkbookLook
    ) throws {
        self.content = content
        self.index = index
        self.layout = layout
        self.look = look
        name = try content.sheetName(index)
        checks = content.checks(sheet: index, layout)
    }

    var definition: SheetDefinition { content.definition.sheets[index] }

    var options: SheetOptions {
        SheetOptions(name) { options in
            options.columns = layout.columns.map(options(of:))
            options.frozenRowCount = 1
            options.tabColor = CellStyle.Color(0x1F3864)
            options.isLandscape = true
        }
    }

    /// Writes row 1: titles alone, so that every program matches them.
    func writeHeader(_ sheet: inout WorksheetWriter) throws {
        try sheet.beginRow(height: 33)
        for column in layout.columns { sheet.text(title(of: column), style: headerStyle(column)) }
        try sheet.endRow()
    }

    /// The rows that live checks look at.
    private var checkedRows: ClosedRange<Int> { 1...LiveChecks.rowCountMax }
    /// All rows below the header.
    private var allRows: ClosedRange<Int> { 1...(GridLimits.rowCountMax - 1) }

    func title(of column: SheetLayout.Column) -> String {
        switch column {
        case .field(let field): definition.fields[field].title.text(in: content.language)
        case .extra(let position): extraTitles[position] ?? ""
        case .suggestion(let field):
            OwnColumn.suggestion(for: definition.fields[field]).text(in: content.language)
        case .action, .check, .originalRow, .problems, .useSuggestions, .rowKey, .id:
            column.own?.title.text(in: content.language) ?? ""
        }
    }

    private func headerStyle(_ column: SheetLayout.Column) -> StyleID {
        switch column {
        case .field(let field):
            definition.fields[field].isRequired ? look.requiredHeader : look.optionalHeader
        case .action, .extra: look.optionalHeader
        default: look.ownHeader
        }
    }

    private func options(of column: SheetLayout.Column) -> ColumnOptions {
        let room = Double(title(of: column).count) + 5
        switch column {
        case .field(let field):
            let isName = definition.key.contains(definition.fields[field].id)
            let isAddress = definition.fields[field].type == .email
            let width = isName || isAddress ? max(room, 30) : min(max(room, 16), 26)
            return ColumnOptions(width: width, style: look.data)
        case .action, .extra: return ColumnOptions(width: max(room, 14), style: look.data)
        case .check: return ColumnOptions(width: 46)
        case .originalRow: return ColumnOptions(width: 13)
        case .problems: return ColumnOptions(width: 70)
        case .suggestion: return ColumnOptions(width: max(room, 24))
        case .useSuggestions: return ColumnOptions(width: 16)
        case .rowKey, .id: return ColumnOptions(width: 20, isHidden: true)
        }
    }
}

// What may be typed, and what the sheet says about it.
extension DataSheet {
    /// Adds filter, dropdowns, prompts and the formats that repeat what `Check` says.
    ///
    /// - Parameter rowCount: Rows that are written below the header.
    func finish(
        _ sheet: inout WorksheetWriter, rowCount: Int, coloursRows: Bool
    ) throws {
        sheet.autofilter = CellRange(
            rows: 0...max(rowCount, 1), columns: 0...(layout.columns.count - 1))
        for (index, column) in layout.columns.enumerated() {
            guard let validation = validation(of: column) else { continue }
            try sheet.addValidation(
                validation, to: CellRange(rows: allRows, columns: index...index))
        }
        addFormats(&sheet, coloursRows: coloursRows)
    }

    private func addFormats(_ sheet: inout WorksheetWriter, coloursRows: Bool) {
        guard let check = layout.index(of: .check) else { return }
        let cell = CellReference(rowIndex: 1, columnIndex: check)
        let ok: Formula = "\(text: checks.words.allRight)"
        let isWrong: Formula = "AND(\(fixedColumn: cell)<>\"\",\(fixedColumn: cell)<>\(ok))"
        let column = CellRange(rows: checkedRows, columns: check...check)
        sheet.addConditionalFormat(
            to: column, when: "\(fixedColumn: cell)=\(ok)", style: WorkbookLook.rightCheck)
        sheet.addConditionalFormat(to: column, when: isWrong, style: WorkbookLook.wrongCheck)
        let last = SheetLayout.filledIn(definition).count - 1
        guard coloursRows, last >= 0 else { return }
        sheet.addConditionalFormat(
            to: CellRange(rows: checkedRows, columns: 0...last), when: isWrong,
            style: WorkbookLook.wrongRow)
    }

    private func validation(of column: SheetLayout.Column) -> DataValidation? {
        switch column {
        case .field(let field): validation(ofField: field)
        case .action:
            content.lists.actions(sheet: index).map { list in
                DataValidation(.range("\(list.definedName)")) { validation in
                    validation.promptTitle = title(of: column)
                    validation.prompt = definition.actionPrompt(content.messages)
                    validation.error = words("prompt.choose")
                }
            }
        case .useSuggestions:
            DataValidation(.choices([words("yes")])) { validation in
                validation.promptTitle = title(of: column)
                validation.prompt = words("prompt.use_suggestions")
                validation.error = words("prompt.yes_or_blank")
            }
        default: nil
        }
    }

    private func validation(ofField index: Int) -> DataValidation {
        let field = definition.fields[index]
        let (list, isClosed) = list(ofField: index)
        let criterion = list.map { DataValidation.Criterion.range("\($0.definedName)") } ?? .any
        return DataValidation(criterion) { validation in
            validation.promptTitle = title(of: .field(index))
            let need = field.isRequired ? [words("prompt.required")] : [words("prompt.optional")]
            let prompt = [field.prompt?.text(in: content.language)].compactMap(\.self)
            validation.prompt = (need + prompt).joined(separator: " ")
            validation.severity = isClosed ? .stop : .warning
            validation.error = words(isClosed ? "prompt.choose" : "prompt.not_in_list")
        }
    }

    /// The dropdown of a field, and whether nothing else may be typed.
    private func list(ofField field: Int) -> (NameList?, isClosed: Bool) {
        if let choices = content.lists.choices(sheet: index, field: field) {
            return (choices, content.lists.spellings(sheet: index, field: field) != nil)
        }
        return (definition.fields[field].directory.flatMap(content.lists.directory), false)
    }

    private func words(_ id: String) -> String { content.messages.fragment(id) }
}
