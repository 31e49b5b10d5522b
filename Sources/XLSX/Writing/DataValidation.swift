import Spreadsheet
import XML

/// What may be typed into cells, and what is said beside them (ECMA-376 Part 1 §18.3.1.32).
package struct DataValidation: Sendable {
    /// Longest texts in UTF-16 units (Excel specifications); longer ones end in "…".
    private static let titleLengthMax = 32
    private static let textLengthMax = 255
    /// UTF-16 units of all choices with their commas.
    static let choicesLengthMax = 255

    /// What is allowed.
    package enum Criterion: Sendable {
        /// Anything: the prompt alone.
        case any
        /// One of a few texts, none with a comma, together at most 255 UTF-16 units.
        case choices([String])
        /// One of the cells of a range, or of what a defined name stands for.
        case range(Formula)
        /// Whatever makes a formula true.
        case custom(Formula)
    }

    /// What happens when something else is typed.
    package enum Severity: String, Sendable {
        case stop, warning, information
    }

    package var criterion: Criterion
    /// The message shown beside a selected cell.
    package var promptTitle = ""
    package var prompt = ""
    package var severity = Severity.stop
    package var errorTitle = ""
    package var error = ""
    /// Whether nothing at all is allowed too.
    package var allowsBlank = true

    package init(_ criterion: Criterion, _ change: (inout DataValidation) -> Void = { _ in }) {
        self.criterion = criterion
        change(&self)
    }

    /// Refuses choices that a file cannot hold.
    func check(at place: String) throws(WorkbookWriterError) {
        guard case .choices(let choices) = criterion else { return }
        let length = choices.reduce(choices.count - 1) { $0 + $1.utf16.count }
        guard !choices.isEmpty, length <= Self.choicesLengthMax,
            !choices.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) || $0.isEmpty })
        else {
            throw WorkbookWriterError(
                .choices, at: place, found: "\(choices.count) choices of \(length) characters",
                expected: "no comma, together at most \(Self.choicesLengthMax) characters")
        }
    }

    func write(_ range: CellRange, to xml: inout XMLWriter) {
        xml.element("dataValidation") { xml in
            if let type { xml.attribute("type", type) }
            if severity != .stop { xml.attribute("errorStyle", severity.rawValue) }
            if allowsBlank { xml.attribute("allowBlank", true) }
            xml.attribute("showInputMessage", true)
            xml.attribute("showErrorMessage", true)
            Self.write("errorTitle", errorTitle, lengthMax: Self.titleLengthMax, to: &xml)
            Self.write("error", error, lengthMax: Self.textLengthMax, to: &xml)
            Self.write("promptTitle", promptTitle, lengthMax: Self.titleLengthMax, to: &xml)
            Self.write("prompt", prompt, lengthMax: Self.textLengthMax, to: &xml)
            xml.attribute("sqref", range.description)
            if let formula {
                xml.element("formula1") { $0.text(formula.text, as: .workbookText) }
            }
        }
    }

    private var type: String? {
        switch criterion {
        case .any: nil
        case .choices, .range: "list"
        case .custom: "custom"
        }
    }

    private var formula: Formula? {
        switch criterion {
        case .any: nil
        case .choices(let choices): "\(text: choices.joined(separator: ","))"
        case .range(let formula), .custom(let formula): formula
        }
    }

    private static func write(
        _ name: StaticString, _ text: String, lengthMax: Int, to xml: inout XMLWriter
    ) {
        guard !text.isEmpty else { return }
        xml.attribute(name, shortened(text, to: lengthMax), as: .workbookText)
    }

    private static func shortened(_ text: String, to lengthMax: Int) -> String {
        guard text.utf16.count > lengthMax else { return text }
        var length = 1
        let kept = text.prefix { character in
            length += character.utf16.count
            return length <= lengthMax
        }
        return kept + "…"
    }
}
