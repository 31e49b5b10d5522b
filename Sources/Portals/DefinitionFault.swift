/// What can be wrong with a Definition or a settings file. The raw value is an error's code.
package enum DefinitionFault: String, Sendable, CaseIterable {
    /// Not YAML at all.
    case malformed = "definition.malformed"
    case missing = "definition.missing"
    case keyUnknown = "definition.key_unknown"
    case keyMissing = "definition.key_missing"
    /// A list where a text belongs, and the like.
    case wrongType = "definition.wrong_type"
    /// The right type, but not one of the values that may stand there.
    case badValue = "definition.bad_value"
    case idRepeated = "definition.id_repeated"
    /// Two columns of a sheet would match the same header.
    case aliasAmbiguous = "definition.alias_ambiguous"
    /// Names a field, directory, setting, sheet, operation or code that does not exist.
    case referenceUnknown = "definition.reference_unknown"
    /// Operations that wait for each other.
    case cycle = "definition.cycle"
    case settingUnknown = "settings.unknown"
    case settingWrongType = "settings.wrong_type"
}

extension DefinitionError {
    init(_ fault: DefinitionFault, file: String, path: String, found: String, allowed: String) {
        self.init(code: fault.rawValue, file: file, path: path, found: found, allowed: allowed)
    }
}
