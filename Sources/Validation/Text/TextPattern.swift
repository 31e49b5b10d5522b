/// A pattern over a whole text that is matched in linear time: no alternation, no groups, no way back.
///
/// Literals, `.`, classes `[A-Za-z0-9._-]` and `[^…]`, `\` before a sign that stands for itself, and after
/// each of them `?`, `*`, `+`, `{m}`, `{m,}` or `{m,n}`. It works on Unicode scalars.
///
/// Matching follows every position the pattern could be in at once (Thompson 1968), so the time is
/// length x states whatever the text.
struct TextPattern: Sendable {
    /// What is wrong with a pattern.
    struct Mistake: Error {
        var allowed: String
    }

    /// States a pattern may have, all repetitions written out.
    static let stateCountMax = 2_000

    private struct State: Sendable {
        var set: ScalarSet
        /// May be skipped.
        var isOptional: Bool
        /// May be taken again.
        var repeats: Bool
    }

    private let states: [State]

    init(_ text: String) throws(Mistake) {
        var parser = PatternParser(text)
        var states: [State] = []
        while let (set, range) = try parser.next() {
            for _ in 0..<range.least {
                states.append(State(set: set, isOptional: false, repeats: false))
            }
            if let most = range.most {
                for _ in range.least..<max(range.least, most) {
                    states.append(State(set: set, isOptional: true, repeats: false))
                }
            } else {
                states.append(State(set: set, isOptional: true, repeats: true))
            }
            guard states.count <= Self.stateCountMax else {
                throw Mistake(allowed: "at most \(Self.stateCountMax) repetitions in all")
            }
        }
        self.states = states
    }

    /// Whether the whole text has the pattern. Broken UTF-8 never has.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if let simple = matchesSingleState(text) { return simple }
        var active = Set<Int>()
        enter(0, &active)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            var next = Set<Int>()
            for position in active where position < states.count {
                guard states[position].set.contains(scalar) else { continue }
                enter(position + 1, &next)
                if states[position].repeats { enter(position, &next) }
            }
            if next.isEmpty { return false }
            active = next
        }
        return active.contains(states.count)
    }

    /// Patterns such as `[A-Za-z0-9._-]{1,64}` over ASCII, which most are: one look at each byte.
    private func matchesSingleState(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let first = states.first, !states.contains(where: { $0.set != first.set }) else {
            return nil
        }
        let least = states.count { !$0.isOptional }
        let most = states.contains(where: \.repeats) ? Int.max : states.count
        guard text.count >= least else { return false }
        for byte in text {
            if byte >= 0x80 { return nil }
            if !first.set.contains(ascii: byte) { return false }
        }
        return text.count <= most
    }

    private func enter(_ position: Int, _ active: inout Set<Int>) {
        var position = position
        while active.insert(position).inserted, position < states.count, states[position].isOptional
        {
            position += 1
        }
    }
}

/// Scalars that one place of a pattern takes.
struct ScalarSet: Sendable, Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var ranges: [ClosedRange<UInt32>] = []
    private var isNegated = false

    init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
        for value in UInt32(0)..<128
        where ranges.contains(where: { $0.contains(value) }) != isNegated {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
    }

    func contains(ascii byte: UInt8) -> Bool {
        byte < 64 ? low & (1 << UInt64(byte)) != 0 : high & (1 << UInt64(byte & 63)) != 0
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 128 { return contains(ascii: UInt8(scalar.value)) }
        return ranges.contains { $0.contains(scalar.value) } != isNegated
    }
}
