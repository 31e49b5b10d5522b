/// Reads a `TextPattern` piece by piece.
struct PatternParser {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = Substring(text).unicodeScalars }

    /// The next set and how often it may stand; nil at the end.
    mutating func next() throws(TextPattern.Mistake) -> (ScalarSet, (least: Int, most: Int?))? {
        guard let first = rest.popFirst() else { return nil }
        let set: ScalarSet
        switch first {
        case "[": set = try scalarClass()
        case ".": set = ScalarSet([], isNegated: true)
        case "\\": set = ScalarSet([single(try escaped())])
        case "?", "*", "+", "{", "}", "]", "(", ")", "|":
            throw TextPattern.Mistake(allowed: "\\\(first) for the sign \(first) itself")
        default: set = ScalarSet([single(first)])
        }
        return (set, try repetition())
    }

    private func single(_ scalar: Unicode.Scalar) -> ClosedRange<UInt32> {
        scalar.value...scalar.value
    }

    private mutating func escaped() throws(TextPattern.Mistake) -> Unicode.Scalar {
        guard let scalar = rest.popFirst(), !scalar.properties.isAlphabetic, scalar.value > 0x20
        else {
            throw TextPattern.Mistake(allowed: "a sign, not a letter, after \\")
        }
        return scalar
    }

    private mutating func scalarClass() throws(TextPattern.Mistake) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        while let scalar = rest.popFirst() {
            if scalar == "]" {
                guard !ranges.isEmpty else { break }
                return ScalarSet(ranges, isNegated: isNegated)
            }
            let start = scalar == "\\" ? try escaped() : scalar
            if rest.first == "-", rest.dropFirst().first.map({ $0 != "]" }) ?? false {
                rest.removeFirst()
                guard let last = rest.popFirst() else { break }
                let end = last == "\\" ? try escaped() : last
                guard start.value <= end.value else {
                    throw TextPattern.Mistake(allowed: "a range from low to high, such as a-z")
                }
                ranges.append(start.value...end.value)
            } else {
                ranges.append(single(start))
            }
        }
        throw TextPattern.Mistake(allowed: "a class that ends in ] and is not empty")
    }

    private mutating func repetition() throws(TextPattern.Mistake) -> (least: Int, most: Int?) {
        switch rest.first {
        case "?": rest.removeFirst(); return (0, 1)
        case "*": rest.removeFirst(); return (0, nil)
        case "+": rest.removeFirst(); return (1, nil)
        case "{": rest.removeFirst(); return try counted()
        default: return (1, 1)
        }
    }

    /// `m}`, `m,}` or `m,n}`.
    private mutating func counted() throws(TextPattern.Mistake) -> (least: Int, most: Int?) {
        guard let end = rest.firstIndex(of: "}") else { throw Self.countMistake }
        let parts = String(rest[..<end]).split(separator: ",", omittingEmptySubsequences: false)
        rest = rest[rest.index(after: end)...]
        guard let first = parts.first, let least = Int(first), 0...1_000 ~= least else {
            throw Self.countMistake
        }
        if parts.count == 1 { return (least, least) }
        if parts.count == 2, parts[1].isEmpty { return (least, nil) }
        guard parts.count == 2, let most = Int(parts[1]), least...1_000 ~= most else {
            throw Self.countMistake
        }
        return (least, most)
    }

    private static let countMistake = TextPattern.Mistake(
        allowed: "{m}, {m,} or {m,n} with 0 ≤ m ≤ n ≤ 1000")
}
