import Portals
package import Spreadsheet

/// Days and moments as people write them in a language; programs get ISO 8601.
package enum DayText {
    /// `2026-01-31`, in German `31.01.2026`.
    package static func text(_ day: CivilDate, in language: String) -> String {
        let iso = "\(day)"
        let parts = iso.split(separator: "-")
        guard parts.count == 3 else { return iso }
        return LocalizedText(
            byLanguage: ["en": iso, "de": "\(parts[2]).\(parts[1]).\(parts[0])"]
        ).text(in: language)
    }

    /// What a day or a moment in UTC is called; anything else stays as it is.
    package static func text(_ iso: String, in language: String) -> String {
        if let day = CivilDate(iso: iso) { return text(day, in: language) }
        guard iso.count == 20, iso.last == "Z",
            let day = CivilDate(iso: String(iso.prefix(10)))
        else { return iso }
        return "\(text(day, in: language)), \(iso.dropFirst(11).prefix(5)) UTC"
    }
}
