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
        guard beginCell(style) else { return }
        xml.raw("\"/>")
    }

    /// Writes a string cell, whatever the text looks like; an empty one is a blank.
    ///
    /// Text that starts like a formula gets a quote prefix; text that no cell can hold is cut.
    package mutating func text(
        _ text: UnsafeBufferPointer<UInt8>, style: StyleID = .plain
    ) {
        guard !text.isEmpty else { return blank(style: style) }
        let style = StringCell.startsLikeFormula(text) ? styles.quoted(style) : style
        guard beginCell(style) else { return }
        if let index = strings.index(of: text) {
            xml.raw("\" t=\"s\"><v>")
            xml.decimal(index)
            xml.raw("</v></c>")
        } else {
            xml.raw("\" t=\"inlineStr\"><is>")
            StringCell.write(StringCell.fitting(text), to: &xml)
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
        guard beginCell(style) else { return }
        xml.raw("\"><v>")
        xml.bytes.append(contentsOf: lexeme)
        xml.raw("</v></c>")
    }

    /// Writes a number; infinite and undefined ones become `#NUM!`.
    package mutating func number(_ value: Double, style: StyleID = .plain) {
        guard value.isFinite else { return error("#NUM!", style: style) }
        guard beginCell(style) else { return }
        xml.raw("\"><v>")
        xml.text(NumberText.shortest(value))
        xml.raw("</v></c>")
    }

    /// Writes a boolean.
    package mutating func boolean(_ value: Bool, style: StyleID = .plain) {
        guard beginCell(style) else { return }
        xml.raw("\" t=\"b\"><v>")
        xml.decimal(value ? 1 : 0)
        xml.raw("</v></c>")
    }

    /// Writes an error value such as `#N/A`; one that Excel does not know becomes text.
    package mutating func error(_ value: String, style: StyleID = .plain) {
        guard Self.errorValues.contains(value) else { return text(value, style: style) }
        guard beginCell(style) else { return }
        xml.raw("\" t=\"e\"><v>")
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
        guard beginCell(style) else { return false }
        if case .number = saved { xml.raw("\">") } else { xml.raw("\" t=\"str\">") }
        return true
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

    /// Writes `<c r="B7" s="3` and goes on to the next column; false where no cell can be.
    private mutating func beginCell(_ style: StyleID) -> Bool {
        guard isRowOpen, columnIndex < GridLimits.columnCountMax else {
            fail()
            return false
        }
        xml.raw("<c r=\"")
        ColumnName.append(columnIndex, to: &xml.bytes)
        xml.bytes.append(contentsOf: rowDigits)
        if style != .plain {
            xml.raw("\" s=\"")
            xml.decimal(Int(style.index))
        }
        columnIndex += 1
        return true
    }

    private mutating func fail() {
        guard failure == nil else { return }
        failure =
            isRowOpen
            ? error(.grid, found: "a cell behind column XFD", expected: "a cell of the grid")
            : error(.rowOrder, found: "a cell outside a row", expected: "beginRow before")
    }
}
