package import Spreadsheet

/// What stands behind the rows in the file and may be added at any time before the sheet ends.
extension WorksheetWriter {
    /// The range with filter buttons in its first row; nil for none.
    package var autofilter: CellRange? {
        get { extras.autofilter }
        set { extras.autofilter = newValue }
    }

    /// Joins cells into one; ranges must not overlap.
    package mutating func merge(_ range: CellRange) {
        extras.merges.append(range)
    }

    /// Changes the look of cells for which a formula is true, written for the range's first cell.
    ///
    /// Of a style only letters, ground and border count. Earlier formats win over later ones.
    package mutating func addConditionalFormat(
        to range: CellRange, when formula: Formula, style: CellStyle
    ) {
        let index = styles.differentialIndex(of: style)
        extras.conditionalFormats.append((range, formula, index))
    }

    /// Says what may be typed into cells; ranges must not overlap.
    ///
    /// - Throws: `choices`.
    package mutating func addValidation(
        _ validation: DataValidation, to range: CellRange
    ) throws(WorkbookWriterError) {
        try validation.check(at: "sheet \(options.name.text), \(range)")
        extras.validations.append((range, validation))
    }

    /// Links a cell to another one of the workbook; nothing can be linked to outside.
    package mutating func addLink(
        at cell: CellReference, to target: CellReference, on sheet: SheetName, tooltip: String = ""
    ) {
        extras.links.append(.init(cell: cell, target: "\(sheet)\(target)", tooltip: tooltip))
    }

    /// Adds a comment of our own; how many there may be is the caller's business.
    ///
    /// - Throws: `comment` for a second one on a cell.
    package mutating func addComment(
        at cell: CellReference, text: String
    ) throws(WorkbookWriterError) {
        guard extras.comments.updateValue(text, forKey: cell) == nil else {
            throw error(.comment, found: "a second comment on \(cell)", expected: "one")
        }
    }

    /// Says that numbers stored as text are meant so in a range, so that Excel marks none.
    package mutating func allowNumbersAsText(in range: CellRange) {
        extras.textNumbers.append(range)
    }
}
