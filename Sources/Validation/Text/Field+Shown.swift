import Countries
package import Portals

extension Field {
    /// What people call a value: the title of a choice, yes or no, the name of a country; else the
    /// value itself.
    package func shown(_ value: String, in language: String) -> String {
        if case .list(let choices) = choices {
            return choices.first { $0.value == value }?.title.text(in: language) ?? value
        }
        switch type {
        case .boolean where value == "true" || value == "false":
            return YesNoText.titles[value == "true" ? 0 : 1].text(in: language)
        case .country: return Country.find(value)?.name(in: language) ?? value
        default: return value
        }
    }

    /// Whether people may read a value otherwise than portals do.
    var hasShownWords: Bool {
        if case .list = choices { return true }
        return type == .boolean || type == .country || type == .date || takesLines
    }

    /// An example in the words of the template's language.
    package func written(_ example: String, in language: String) -> String {
        guard type == .boolean, let isYes = YesNoText.value(of: example) else {
            return shown(example, in: language)
        }
        return shown(isYes ? "true" : "false", in: language)
    }
}
