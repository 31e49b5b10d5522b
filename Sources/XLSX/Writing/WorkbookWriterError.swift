package import Zip

/// Why a workbook cannot be written: what was asked, and what a workbook allows.
///
/// All but `output` are mistakes of the code that writes; texts of cells never cause an error.
package struct WorkbookWriterError: Error, Sendable, Equatable {
    /// The rule that is broken.
    package enum Code: String, Sendable, CaseIterable {
        /// A sheet's name is taken, or one that Excel refuses.
        case sheetName = "writer.sheet_name"
        /// A workbook without a visible sheet.
        case noVisibleSheet = "writer.no_visible_sheet"
        /// A row before one that is written already, or outside a row.
        case rowOrder = "writer.row_order"
        /// A cell outside the grid.
        case grid = "writer.grid"
        /// Two comments on one cell.
        case comment = "writer.comment"
        /// A list of choices that does not fit into a data validation.
        case choices = "writer.choices"
        /// The archive cannot be written; `underlying` says why.
        case output = "writer.output"
    }

    package var code: Code
    /// The sheet or part, and where in it.
    package var place: String
    package var found: String
    package var expected: String
    package var underlying: ZipError?

    init(_ code: Code, at place: String, found: String, expected: String) {
        self.code = code
        self.place = place
        self.found = found
        self.expected = expected
    }

    init(_ error: ZipError, at place: String) {
        self.init(.output, at: place, found: error.found, expected: error.expected)
        underlying = error
    }
}

extension WorkbookWriterError: CustomStringConvertible {
    package var description: String {
        "\(place): found \(found); expected \(expected) [\(code.rawValue)]"
    }
}
