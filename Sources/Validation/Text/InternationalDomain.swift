import Foundation

/// A domain name as A-labels: what mail servers and uniqueness see of `bücher.example`.
enum InternationalDomain {
    /// Longest text looked at, in bytes: a domain has at most 254 characters of four bytes each.
    private static let sizeMax = EmailAddress.sizeMax * 4

    /// The domain in ASCII, or nil when it cannot be one.
    ///
    /// Labels are NFC and lower case with full-width forms and ideographic dots mapped, as UTS #46
    /// does for the characters people type, then Punycode (RFC 3492).
    static func ascii(_ domain: String) -> String? {
        guard domain.utf8.count <= sizeMax else { return nil }
        var labels: [String] = []
        let mapped = domain.precomposedStringWithCompatibilityMapping.lowercased()
        for label in mapped.replacing("。", with: ".").split(
            separator: ".", omittingEmptySubsequences: false)
        {
            guard !label.isEmpty else { return nil }
            if label.utf8.allSatisfy({ $0 < 0x80 }) {
                labels.append(String(label))
                continue
            }
            guard label.unicodeScalars.allSatisfy({ isAllowed($0) }),
                let punycode = punycode(Array(label.unicodeScalars))
            else { return nil }
            labels.append("xn--" + punycode)
        }
        return labels.joined(separator: ".")
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

    // RFC 3492 §5.
    private static let base = 36
    private static let tMin = 1
    private static let tMax = 26

    /// RFC 3492 §6.3; nil for labels longer than a label may be.
    static func punycode(_ scalars: [Unicode.Scalar]) -> String? {
        guard scalars.count <= EmailAddress.labelSizeMax else { return nil }
        var output = scalars.filter { $0.value < 0x80 }.map { Character($0) }
        let basicCount = output.count
        if basicCount > 0 { output.append("-") }
        var (code, delta, bias, handled) = (0x80, 0, 72, basicCount)
        while handled < scalars.count {
            guard let next = scalars.map({ Int($0.value) }).filter({ $0 >= code }).min() else {
                break
            }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar.value < code { delta += 1 }
                if scalar.value == code {
                    output += digits(of: delta, bias: bias)
                    bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                    delta = 0
                    handled += 1
                }
            }
            delta += 1
            code += 1
        }
        return String(output)
    }

    /// RFC 3492 §6.3, the variable-length integer.
    private static func digits(of delta: Int, bias: Int) -> [Character] {
        var result: [Character] = []
        var rest = delta
        var step = base
        while true {
            let threshold = min(max(step - bias, tMin), tMax)
            if rest < threshold { break }
            result.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            step += base
        }
        result.append(digit(rest))
        return result
    }

    private static func digit(_ value: Int) -> Character {
        let code = value < 26 ? 0x61 + value : 0x30 + value - 26
        return Character(Unicode.Scalar(UInt8(truncatingIfNeeded: code)))
    }

    /// RFC 3492 §6.1.
    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            steps += base
        }
        return steps + (base - tMin + 1) * delta / (delta + 38)
    }
}
