/// A domain name as A-labels: what mail servers and uniqueness see of `bücher.example`.
enum InternationalDomain {
    /// Longest text looked at, in bytes: a domain has at most 254 characters of four bytes each.
    private static let sizeMax = EmailAddress.sizeMax * 4
    /// What an A-label begins with (RFC 5890 §2.3.2.5).
    private static let prefix = "xn--"
    /// Full stops that people type, of which UTS #46 makes dots.
    private static let dots: Set<Unicode.Scalar> = [".", "\u{FF0E}", "\u{3002}", "\u{FF61}"]

    /// The domain in ASCII, or nil when it cannot be one.
    ///
    /// Labels are NFC and lower case with full-width forms and ideographic dots mapped, as UTS #46
    /// does for the characters people type, then Punycode (RFC 3492).
    static func ascii(_ domain: String) -> String? {
        guard domain.utf8.count <= sizeMax else { return nil }
        let labels = labels(of: domain)
        // A character such as ⒈ would bring a dot of its own.
        guard labels.count == domain.unicodeScalars.count(where: dots.contains) + 1 else {
            return nil
        }
        var encoded: [String] = []
        for label in labels {
            guard !label.isEmpty else { return nil }
            if label.utf8.allSatisfy({ $0 < 0x80 }) {
                encoded.append(String(label))
                continue
            }
            let scalars = Array(label.unicodeScalars)
            guard isULabel(scalars), let punycode = Punycode.encoded(scalars) else { return nil }
            encoded.append(prefix + punycode)
        }
        return encoded.joined(separator: ".")
    }

    /// Whether letters of scripts that look alike meet in a label.
    static func mixesScripts(_ domain: String) -> Bool {
        labels(of: domain).contains { label in
            Set(label.unicodeScalars.compactMap(LookalikeScript.init)).count > 1
        }
    }

    /// The domain in ASCII that a domain of other letters looks like, label by label: `ace.example`
    /// for one whose first label is Cyrillic а, с and е. Nil when it looks like none.
    ///
    /// Told only below a top level in ASCII: under one of its own script a word is as it should be,
    /// even if all its letters have twins. What lacks a twin in any letter cannot be mistaken.
    static func lookalike(of domain: String) -> String? {
        var labels = labels(of: domain).map(String.init)
        guard let top = labels.last, top.utf8.allSatisfy({ $0 < 0x80 }),
            !claimsToBeALabel(top.utf8)
        else { return nil }
        var isOther = false
        for (index, label) in labels.enumerated() {
            guard let twin = twin(of: label) else { continue }
            labels[index] = twin
            isOther = true
        }
        return isOther ? labels.joined(separator: ".") : nil
    }

    /// The label in ASCII that one looks like; nil for what is ASCII or has a letter without twin.
    private static func twin(of label: String) -> String? {
        guard !label.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var twin = String.UnicodeScalarView()
        for scalar in label.unicodeScalars {
            guard let letter = scalar.isASCII ? scalar : LookalikeScript.twin(of: scalar) else {
                return nil
            }
            twin.append(letter)
        }
        return String(twin)
    }

    private static func labels(of domain: String) -> [Substring] {
        mapped(domain).replacing("。", with: ".").split(
            separator: ".", omittingEmptySubsequences: false)
    }

    /// Whether an ASCII label begins as an A-label does.
    static func claimsToBeALabel(_ label: some Collection<UInt8>) -> Bool {
        label.count >= prefix.utf8.count && zip(label, prefix.utf8).allSatisfy { $0 | 0x20 == $1 }
    }

    /// Whether an ASCII label that begins with `xn--` is what a label of other scripts becomes.
    static func isALabel(_ label: some Collection<UInt8>) -> Bool {
        let punycode = label.dropFirst(prefix.utf8.count).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        guard let scalars = Punycode.decoded(punycode), isULabel(scalars) else { return false }
        return Punycode.encoded(scalars)?.utf8.elementsEqual(punycode) == true
    }

    /// Whether these are a label of other scripts in its one form (RFC 5891 §4.2, §5.4).
    private static func isULabel(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let first = scalars.first, first != "-", scalars.last != "-", !isMark(first),
            scalars.dropFirst(2).prefix(2) != ["-", "-"],
            scalars.contains(where: { $0.value >= 0x80 }), scalars.allSatisfy(isAllowed)
        else { return false }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return mapped(String(text)).unicodeScalars.elementsEqual(scalars)
    }

    /// Lower case may come apart again: of J with a caron it is j and a caron.
    private static func mapped(_ text: String) -> String {
        text.composedByCompatibility.lowercased().composedByCompatibility
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return (scalar.value | 0x20) &- 0x61 < 26 || scalar.value &- 0x30 < 10 || scalar == "-"
        }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
            .decimalNumber:
            return true
        default: return false
        }
    }
}
