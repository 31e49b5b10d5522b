import Spreadsheet
import XML

/// Cells, from left to right. The methods that take UTF-8 make no object a cell.
extension WorksheetWriter {
    /// Error values that Excel opens; any other one would make it repair the file.
    private static let errorValues: Set<String> = [
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
    ]

    /// Leaves cells out.
    package mutating func skip(_ columnCount: Int = 1) {
        columnIndex += min(max(columnCount, 0), GridLimits.columnCountMax)
    }

    /// Writes a cell with a look but no value; with no look either it is left out.
    package mutating func blank(style: StyleID = .plain) {
        guard style != .plain else { return skip() }
        beginCell(style, "\"/>")
    }

    /// Writes a string cell, whatever the text looks like; an empty one is a blank.
    ///
    /// Text that starts like a formula gets a quote prefix; text that no cell can hold is cut.
    package mutating func text(
        _ text: UnsafeBufferPointer<UInt8>, style: StyleID = .plain
    ) {
        guard !text.isEmpty else { return blank(style: style) }
        let style = StringCell.startsLikeFormula(text) ? styles.quoted(style) : style
        let text = StringCell.fitting(text)
        if let index = strings.index(of: text) {
            if beginCell(style, "\" t=\"s\"><v>") { endNumber(index) }
        } else if beginCell(style, "\" t=\"inlineStr\"><is>") {
            StringCell.write(text, to: &xml)
            xml.raw("</is></c>")
        }
    }

    /// Writes a string cell, whatever the text looks like; an empty one is a blank.
    package mutating func text(_ text: String, style: StyleID = .plain) {
        var text = text
        text.withUTF8 { self.text($0, style: style) }
    }

    /// Writes a number as the file it came from had it; what is no number becomes text.
    package mutating func number(
        lexeme: UnsafeBufferPointer<UInt8>, style: StyleID = .plain
    ) {
        guard NumberText.value(of: lexeme) != nil else { return text(lexeme, style: style) }
        guard beginCell(style, "\"><v>") else { return }
        xml.bytes.append(contentsOf: lexeme)
        xml.raw("</v></c>")
    }

    /// Writes a number; infinite and undefined ones become `#NUM!`.
    package mutating func number(_ value: Double, style: StyleID = .plain) {
        guard value.isFinite else { return error("#NUM!", style: style) }
        guard beginCell(style, "\"><v>") else { return }
        if value.magnitude < 1e8, let number = Int(exactly: value) { return endNumber(number) }
        xml.text(NumberText.shortest(value))
        xml.raw("</v></c>")
    }

    /// Writes a boolean.
    package mutating func boolean(_ value: Bool, style: StyleID = .plain) {
        if beginCell(style, "\" t=\"b\"><v>") { endNumber(value ? 1 : 0) }
    }

    /// Writes an error value such as `#N/A`; one that Excel does not know becomes text.
    package mutating func error(_ value: String, style: StyleID = .plain) {
        guard Self.errorValues.contains(value) else { return text(value, style: style) }
        guard beginCell(style, "\" t=\"e\"><v>") else { return }
        xml.text(value)
        xml.raw("</v></c>")
    }

    /// Writes a formula of our own with the value it has now.
    package mutating func formula(
        _ formula: Formula, saved: CellContent.SavedValue, style: StyleID = .plain
    ) {
        guard beginFormula(saved, style) else { return }
        xml.raw("<f>")
        xml.text(formula.text, as: .workbookText)
        xml.raw("</f>")
        endFormula(saved)
    }

    /// Writes the next cell of a shared formula; its cells are written in order, the first one
    /// first.
    package mutating func formula(
        _ shared: inout SharedFormula, saved: CellContent.SavedValue, style: StyleID = .plain
    ) {
        guard beginFormula(saved, style) else { return }
        if shared.isWritten {
            xml.raw("<f t=\"shared\" si=\"")
            xml.decimal(shared.index)
            xml.raw("\"/>")
        } else {
            shared.isWritten = true
            xml.element("f") { xml in
                xml.attribute("t", "shared")
                xml.attribute("ref", shared.range.description)
                xml.attribute("si", shared.index)
                xml.text(shared.formula.text, as: .workbookText)
            }
        }
        endFormula(saved)
    }

    private mutating func beginFormula(_ saved: CellContent.SavedValue, _ style: StyleID) -> Bool {
        if case .number = saved { return beginCell(style, "\">") }
        return beginCell(style, "\" t=\"str\">")
    }

    private mutating func endFormula(_ saved: CellContent.SavedValue) {
        xml.raw("<v>")
        switch saved {
        case .blank: break
        case .text(let value): xml.text(value, as: .cellText)
        case .number(let value): xml.text(NumberText.shortest(value))
        }
        xml.raw("</v></c>")
    }

    /// Writes a cell of any kind.
    package mutating func cell(_ content: CellContent, style: StyleID = .plain) {
        switch content {
        case .blank: blank(style: style)
        case .text(let text): self.text(text, style: style)
        case .number(let value): number(value, style: style)
        case .boolean(let value): boolean(value, style: style)
        case .formula(let formula, let saved): self.formula(formula, saved: saved, style: style)
        }
    }

    /// Writes `<c r="B7" s="3` with the rest of the tag and goes on to the next column; false where
    /// no cell can be.
    @inline(__always) @discardableResult
    private mutating func beginCell(_ style: StyleID, _ rest: StaticString) -> Bool {
        guard isRowOpen, columnIndex < GridLimits.columnCountMax else {
            fail()
            return false
        }
        while columnNames.count <= columnIndex { addColumnName() }
        let (column, row) = (columnNames[columnIndex], rowDigits)
        xml.raw(room: 64 + rest.utf8CodeUnitCount) { cell in
            cell.put("<c r=\"")
            cell.put(column)
            cell.put(row)
            if style != .plain {
                cell.put("\" s=\"")
                cell.put(style.digits)
            }
            cell.put(rest)
        }
        columnIndex += 1
        return true
    }

    /// Writes a whole number and ends the cell.
    private mutating func endNumber(_ number: Int) {
        guard let digits = PackedText(number) else {
            xml.decimal(number)
            return xml.raw("</v></c>")
        }
        xml.raw(room: 24) { cell in
            cell.put(digits)
            cell.put("</v></c>")
        }
    }

    private mutating func addColumnName() {
        var letters: [UInt8] = []
        ColumnName.append(columnNames.count, to: &letters)
        columnNames.append(PackedText(letters))
    }

    private mutating func fail() {
        guard failure == nil else { return }
        failure =
            isRowOpen
            ? error(.grid, found: "a cell behind column XFD", expected: "a cell of the grid")
            : error(.rowOrder, found: "a cell outside a row", expected: "beginRow before")
    }
}
