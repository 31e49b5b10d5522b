/// A pattern over a whole text that is matched in linear time: no alternation, no groups, no way
/// back.
///
/// Literals, `.`, classes `[A-Za-z0-9._-]` and `[^…]`, `\` before a sign that stands for itself,
/// and after each of them `?`, `*`, `+`, `{m}`, `{m,}` or `{m,n}`. It works on Unicode scalars.
///
/// Matching follows every position the pattern could be in at once (Thompson 1968), so the time is
/// length x states whatever the text.
///
/// A class, as a million values are asked one by one.
final class TextPattern: Sendable {
    /// What is wrong with a pattern.
    struct Mistake: Error {
        var allowed: String
    }

    /// States a pattern may have, all repetitions written out.
    static let stateCountMax = 2_000

    private struct State: Sendable {
        var set: ScalarSet
        /// May be skipped.
        var isOptional = false
        /// May be taken again.
        var repeats = false
    }

    private let states: [State]
    /// The whole pattern, when it is one set and a number of times.
    private let run: ScalarRun?

    init(_ text: String) throws(Mistake) {
        var parser = PatternParser(text)
        var states: [State] = []
        var runs: [ScalarRun] = []
        while let (set, range) = try parser.next() {
            states += Array(repeating: State(set: set), count: range.least)
            if let most = range.most {
                let optional = State(set: set, isOptional: true)
                states += Array(repeating: optional, count: most - range.least)
            } else {
                states.append(State(set: set, isOptional: true, repeats: true))
            }
            guard states.count <= Self.stateCountMax else {
                throw Mistake(allowed: "at most \(Self.stateCountMax) repetitions in all")
            }
            runs.append(ScalarRun(set: set, least: range.least, most: range.most ?? Int.max))
        }
        self.states = states
        run = runs.count == 1 ? runs.first : nil
    }

    /// Whether the whole text has the pattern. Broken UTF-8 is taken as U+FFFD.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        run?.matches(ascii: text) ?? matchesStepwise(text)
    }

    private func matchesStepwise(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var active = PositionSet(count: states.count + 1)
        var next = active
        enter(0, &active)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            for position in active.members where position < states.count {
                guard states[position].set.contains(scalar) else { continue }
                enter(position + 1, &next)
                if states[position].repeats { enter(position, &next) }
            }
            if next.members.isEmpty { return false }
            swap(&active, &next)
            next.removeAll()
        }
        return active.contains(states.count)
    }

    /// Adds a position, and those behind it that are reached by skipping.
    private func enter(_ position: Int, _ active: inout PositionSet) {
        var position = position
        while active.insert(position), position < states.count, states[position].isOptional {
            position += 1
        }
    }
}

/// Patterns such as `[A-Za-z0-9._-]{1,64}`, which most are: one look at each byte.
private struct ScalarRun: Sendable {
    var set: ScalarSet
    var least: Int
    var most: Int

    /// Nil when the text is not ASCII as far as it was looked at.
    @inline(__always)
    func matches(ascii text: UnsafeBufferPointer<UInt8>) -> Bool? {
        for index in 0..<text.count {
            if text[index] >= 0x80 { return nil }
            if !set.contains(ascii: text[index]) { return false }
        }
        return least <= text.count && text.count <= most
    }
}

/// Positions of a pattern, each once.
private struct PositionSet {
    private var isMember: [Bool]
    private(set) var members: [Int] = []

    init(count: Int) { isMember = Array(repeating: false, count: count) }

    func contains(_ position: Int) -> Bool { isMember[position] }

    /// - Returns: false when it was there already.
    mutating func insert(_ position: Int) -> Bool {
        if isMember[position] { return false }
        isMember[position] = true
        members.append(position)
        return true
    }

    mutating func removeAll() {
        for position in members { isMember[position] = false }
        members.removeAll(keepingCapacity: true)
    }
}
