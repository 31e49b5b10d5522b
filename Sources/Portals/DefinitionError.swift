/// A Definition or settings file that cannot be used, said so that it can be mended.
package struct DefinitionError: Error, Sendable, Equatable {
    /// Stable: `definition.key_unknown`, `rule.range_empty`.
    package var code: String
    package var file: String
    /// Where in the file: `sheets[0].fields[3].rules[0].maximum`.
    package var path: String
    package var found: String
    /// What may stand there.
    package var allowed: String

    package init(code: String, file: String, path: String, found: String, allowed: String) {
        self.code = code
        self.file = file
        self.path = path
        self.found = found
        self.allowed = allowed
    }
}

extension DefinitionError: CustomStringConvertible {
    package var description: String {
        "\(file), \(path): found \(found); allowed: \(allowed) [\(code)]"
    }
}
