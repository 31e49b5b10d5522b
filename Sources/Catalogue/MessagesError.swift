/// A message file, or a text in one, that cannot be used.
package struct MessagesError: Error, Sendable, Equatable {
    /// `de.yaml`, or empty for a text that stands elsewhere.
    package var file: String
    /// `codes.cell.required.sentence`.
    package var path: String
    package var found: String
    package var allowed: String

    package init(file: String = "", path: String = "", found: String, allowed: String) {
        self.file = file
        self.path = path
        self.found = found
        self.allowed = allowed
    }
}

extension MessagesError: CustomStringConvertible {
    package var description: String { "\(file), \(path): found \(found); allowed: \(allowed)" }
}
