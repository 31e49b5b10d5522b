/// A worksheet's name as Excel takes it.
///
/// 1 to 31 UTF-16 units, none of `[ ] : * ? / \`, no control character, no apostrophe at the ends.
package struct SheetName: Hashable, Sendable {
    /// UTF-16 units of the longest name (Excel specifications).
    package static let lengthMax = 31

    private static let forbidden = "[]:*?/\\".unicodeScalars

    /// The name as people see it.
    package let text: String

    /// Checks a name.
    ///
    /// - Throws: `sheetName`.
    package init(_ text: String) throws(WorkbookWriterError) {
        let scalars = text.unicodeScalars
        let isForbidden = scalars.contains { $0.value < 0x20 || Self.forbidden.contains($0) }
        guard (1...Self.lengthMax).contains(text.utf16.count), !isForbidden,
            scalars.first != "'", scalars.last != "'"
        else {
            throw WorkbookWriterError(
                .sheetName, at: "sheet \(text)", found: "a name that Excel refuses",
                expected: "1 to \(Self.lengthMax) characters without [ ] : * ? / \\")
        }
        self.text = text
    }

    /// The name as formulas and links want it: `'Read me'`.
    var quoted: String {
        // Scalars, not characters: an apostrophe with an accent on it must be doubled too.
        var quoted = "'"
        for scalar in text.unicodeScalars {
            quoted.unicodeScalars.append(scalar)
            if scalar == "'" { quoted += "'" }
        }
        return quoted + "'"
    }
}
