package import Portals

/// What somebody wrote for a value of a field, in the words in which it is handed on.
package struct NormalValue {
    private let type: FieldType
    private let choices: ChoiceList?

    /// - Parameter defaults: the Definition's own settings.
    package init(of field: Field, settings: Settings, defaults: Settings) {
        type = field.type
        choices = ChoiceList(field, settings: settings, defaults: defaults)
    }

    /// The value; the text itself when it is none of the field's.
    package func value(of text: String) -> String {
        if text.isEmpty { return text }
        if type.hasNormalText { return TypedText.normal(text, type) ?? text }
        return choices?.value(of: text) ?? text
    }
}
