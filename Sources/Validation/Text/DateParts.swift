import Spreadsheet

/// The three numbers of a date's text, and what their lengths and the signs between them say of
/// their order. Whether there is such a day is not asked here.
struct DateParts {
    enum Form: Equatable {
        /// `2026-04-03`; not as ISO 8601 has it: `2026/4/3`.
        case yearFirst(isISO: Bool)
        /// `3.4.2026`, `3 April 2026`, `April 3, 2026`.
        case dayFirst
        /// `3/4/2026`, `3-4-2026`.
        case anyOrder
        /// `3.4.26`, `3 April 26`.
        case dayFirstShortYear
        /// `3/4/26`, `3-4-26`.
        case anyOrderShortYear
    }

    /// As they stand, but a month's name counts as the second.
    let numbers: (Int, Int, Int)
    let form: Form
}

extension DateParts {
    /// Longest text, in bytes: `30. September 2026` and room for more spaces.
    private static let textSizeMax = 40

    private typealias Run = Slice<UnsafeBufferPointer<UInt8>>

    /// Nil when a trimmed text does not look like a date.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count <= Self.textSizeMax else { return nil }
        let runs = Self.runs(of: text)
        guard runs.count == 5 else { return nil }
        if let month = MonthName.number(of: runs[0]) {
            self.init(day: runs[2], month: month, year: runs[4], between: runs[1], runs[3])
        } else if let month = MonthName.number(of: runs[2]) {
            self.init(day: runs[0], month: month, year: runs[4], between: runs[1], runs[3])
        } else {
            guard let first = Digits.value(runs[0]), let second = Digits.value(runs[2]),
                let third = Digits.value(runs[4]), let form = Self.form(runs)
            else { return nil }
            self.init(numbers: (first, second, third), form: form)
        }
    }

    private init?(day: Run, month: Int, year: Run, between left: Run, _ right: Run) {
        let signs = Set(" .,-\u{A0}".utf8)
        guard day.count <= 2, let first = Digits.value(day), let third = Digits.value(year),
            year.count == 2 || year.count == 4,
            left.allSatisfy({ signs.contains($0) }), right.allSatisfy({ signs.contains($0) })
        else { return nil }
        self.init(
            numbers: (first, month, third), form: year.count == 4 ? .dayFirst : .dayFirstShortYear)
    }

    private static func form(_ runs: [Run]) -> Form? {
        guard let sign = runs[1].first, runs[1].count == 1, runs[3].elementsEqual(runs[1]),
            [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/")].contains(sign)
        else { return nil }
        let isPoint = sign == UInt8(ascii: ".")
        switch (runs[0].count, runs[2].count, runs[4].count) {
        case (4, 2, 2): return .yearFirst(isISO: sign == UInt8(ascii: "-"))
        case (4, 1...2, 1...2): return .yearFirst(isISO: false)
        case (1...2, 1...2, 4): return isPoint ? .dayFirst : .anyOrder
        case (1...2, 1...2, 2): return isPoint ? .dayFirstShortYear : .anyOrderShortYear
        default: return nil
        }
    }
}

// Runs.
extension DateParts {
    private enum Kind { case digits, letters, signs }

    /// Digits, letters and what is between them, in turn.
    private static func runs(of text: UnsafeBufferPointer<UInt8>) -> [Run] {
        var runs: [Run] = []
        var start = 0
        for end in text.indices.dropFirst() where kind(text, end) != kind(text, end - 1) {
            runs.append(text[start..<end])
            start = end
        }
        return runs + [text[start...]]
    }

    private static func kind(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Kind {
        let byte = text[index]
        if byte &- UInt8(ascii: "0") < 10 { return .digits }
        if isNoBreakSpace(text, index) { return .signs }
        return byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26 ? .letters : .signs
    }

    private static func isNoBreakSpace(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch text[index] {
        case 0xC2: index + 1 < text.count && text[index + 1] == 0xA0
        case 0xA0: index > 0 && text[index - 1] == 0xC2
        default: false
        }
    }
}

/// The months' names in English and German, whole and as they are commonly cut.
private enum MonthName {
    static func number(of word: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let word = String(decoding: word, as: UTF8.self).lowercased()
        return names.firstIndex { $0.contains(word) }.map { $0 + 1 }
    }

    private static let names: [Set<String>] = [
        ["january", "januar", "jänner", "jan", "jän"],
        ["february", "februar", "feber", "feb"],
        ["march", "märz", "maerz", "mar", "mär", "mrz"],
        ["april", "apr"],
        ["may", "mai"],
        ["june", "juni", "jun"],
        ["july", "juli", "jul"],
        ["august", "aug"],
        ["september", "sept", "sep"],
        ["october", "oktober", "oct", "okt"],
        ["november", "nov"],
        ["december", "dezember", "dec", "dez"],
    ]
}
