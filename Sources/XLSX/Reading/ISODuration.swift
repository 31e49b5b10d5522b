/// Amounts of time as ISO 8601 writes them (ISO 8601-1 §5.5.2), hours and less.
enum ISODuration {
    private static let secondsByUnit: [Character: Double] = ["H": 3_600, "M": 60, "S": 1]
    private static let secondsPerDay = 86_400.0

    /// The days of `PT1H30M0.5S`; nil for all else.
    static func days(_ text: String) -> Double? {
        guard text.hasPrefix("PT"), text.count > 2 else { return nil }
        var seconds = 0.0
        var digits = ""
        for character in text.dropFirst(2) {
            if let unit = secondsByUnit[character] {
                guard let number = Double(digits) else { return nil }
                seconds += number * unit
                digits = ""
            } else {
                guard character.isWholeNumber && character.isASCII || character == "." else {
                    return nil
                }
                digits.append(character)
            }
        }
        return digits.isEmpty ? seconds / secondsPerDay : nil
    }
}
