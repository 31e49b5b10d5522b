/// Labels of other scripts than ASCII as ASCII (RFC 3492), without their `xn--`.
///
/// Labels are short: nothing here minds that insertion and search take linear time.
enum Punycode {
    // RFC 3492 §5.
    private static let base = 36
    private static let tMin = 1
    private static let tMax = 26
    private static let initialCode = 0x80
    private static let initialBias = 72

    /// RFC 3492 §6.3; nil for labels longer than a label may be.
    static func encoded(_ scalars: [Unicode.Scalar]) -> String? {
        guard scalars.count <= EmailAddress.labelSizeMax else { return nil }
        var output = scalars.filter { $0.value < 0x80 }.map { Character($0) }
        let basicCount = output.count
        if basicCount > 0 { output.append("-") }
        var (code, delta, bias, handled) = (initialCode, 0, initialBias, basicCount)
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

    /// RFC 3492 §6.2; nil for what stands for no text. Several texts of digits may stand for one:
    /// whoever must know encodes it again.
    static func decoded(_ text: [UInt8]) -> [Unicode.Scalar]? {
        guard text.count <= EmailAddress.labelSizeMax else { return nil }
        let delimiter = text.lastIndex(of: UInt8(ascii: "-"))
        var scalars = text[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
        var rest = text[(delimiter.map { $0 + 1 } ?? 0)...]
        var (code, position, bias, isFirst) = (initialCode, 0, initialBias, true)
        while !rest.isEmpty {
            guard let delta = number(at: &rest, bias: bias) else { return nil }
            let count = scalars.count + 1
            position += delta
            code += position / count
            position %= count
            guard let scalar = UInt32(exactly: code).flatMap({ Unicode.Scalar($0) }) else {
                return nil
            }
            scalars.insert(scalar, at: position)
            bias = adapted(delta, count: count, isFirst: isFirst)
            position += 1
            isFirst = false
        }
        return scalars
    }

    /// RFC 3492 §6.2, the variable-length integer; nil when it is not whole or beyond all texts.
    private static func number(at rest: inout ArraySlice<UInt8>, bias: Int) -> Int? {
        var (number, weight, step) = (0, 1, base)
        while let digit = rest.popFirst().flatMap(value) {
            number += digit * weight
            guard number <= Int32.max else { return nil }
            let threshold = min(max(step - bias, tMin), tMax)
            if digit < threshold { return number }
            weight *= base - threshold
            guard weight <= Int32.max else { return nil }
            step += base
        }
        return nil
    }

    /// What a digit is worth: `a` to `z`, then `0` to `9`.
    private static func value(_ digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0")) + 26
        default: nil
        }
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
