import Portals
import Validation

/// The value that `LiveCheckFormula` has in each row: files are right before they are opened.
///
/// Row 0 is row number 2, below the header.
struct LiveCheckEvaluation {
    /// UTF-16 units that `MATCH` looks for (Excel specifications).
    private static let searchLengthMax = 255
    /// UTF-16 units of a text that formulas make.
    private static let textLengthMax = 32_767

    private let checks: LiveChecks
    /// What each check says.
    private let sentences: [LiveSentence]
    private let rows: LiveRows
    /// Row numbers by value for each field that must not repeat, header included, rising.
    private var rowNumbers: [Int: [String: [Int]]] = [:]

    /// One row's cells.
    private struct Row {
        /// By field index.
        var values: [LiveValue]
        var action: LiveValue
    }

    /// - Parameter rows: asked more than once.
    init(_ checks: LiveChecks, _ rows: LiveRows) {
        self.checks = checks
        sentences = checks.checks.map(checks.words.sentence)
        self.rows = rows
        for case .duplicate(let field) in checks.checks {
            var numbers: [String: [Int]] = [:]
            numbers[Self.key(checks.words.titles[field])] = [1]
            for index in 0..<rows.count {
                guard case .text(let text) = rows.value(index, field) else { continue }
                numbers[Self.key(text), default: []].append(index + 2)
            }
            rowNumbers[field] = numbers
        }
    }

    /// What the formula of a row says; empty for a blank row.
    func text(row index: Int) -> String {
        let row = Row(
            values: checks.words.titles.indices.map { rows.value(index, $0) },
            action: rows.action(index))
        let length = row.values.reduce(0) { $0 + $1.text.utf16.count }
        if row.values.contains(.error) || length > Self.textLengthMax {
            return checks.words.errorValue
        }
        if row.values.allSatisfy({ $0.text.unicodeScalars.allSatisfy(Self.isBlank) }) { return "" }
        for (check, sentence) in zip(checks.checks, sentences) {
            if let words = words(check, sentence, row, number: index + 2) { return words }
        }
        return checks.words.allRight
    }

    /// What one check says of a row; nil when all is right.
    private func words(
        _ check: LiveCheck, _ sentence: LiveSentence, _ row: Row, number: Int
    ) -> String? {
        let text = row.values[check.field].text
        if case .missing = check { return missing(sentence, text, row.action) }
        if text.isEmpty { return nil }
        let says = sentence.text()
        switch check {
        case .outerSpace:
            let ends = [text.unicodeScalars.first, text.unicodeScalars.last].compactMap(\.self)
            return ends.contains(where: Self.isTrimmed) ? says : nil
        case .notPlainText: return isPlain(row.values[check.field]) ? nil : says
        case .tooLong(_, let maximum): return text.utf16.count > maximum ? says : nil
        default: break
        }
        if checks.allowsClearWord && text.lowercased() == Action.clearWord { return nil }
        switch check {
        case .notAnAddress: return LiveAddress.isAddress(text) ? nil : says
        case .mustEqual(_, let other):
            let other = row.values[other].text
            return other.isEmpty || Self.isSame(text, other) ? nil : says
        case .notAChoice: return isIn(check, text) ? nil : says
        case .notInDirectory(let field, let directory):
            return directoryWords(check, field, directory, text, says)
        case .duplicate(let field):
            return twin(of: text, field, number).map { sentence.text([.row: String($0)]) }
        case .missing, .outerSpace, .notPlainText, .tooLong: return nil
        }
    }

    private func isPlain(_ value: LiveValue) -> Bool {
        switch value {
        case .blank, .error: true
        case .text(let text):
            !(text.hasPrefix("=") && text.count > 1)
                && !text.unicodeScalars.contains { $0.value < 0x20 }
        case .other(let text): Double(text).map { $0 == $0.rounded(.down) } ?? false
        }
    }

    private func missing(
        _ sentence: LiveSentence, _ text: String, _ action: LiveValue
    ) -> String? {
        if checks.actionColumn != nil {
            if action == .error { return checks.words.errorValue }
            let word = Self.trimmed(action.text).lowercased()
            guard word.isEmpty || checks.createWords.contains(word) else { return nil }
        }
        return Self.trimmed(text).isEmpty ? sentence.text() : nil
    }

    private func isIn(_ check: LiveCheck, _ text: String) -> Bool {
        guard let list = checks.list(of: check), let name = found(text, list) else { return false }
        return list.hasCaseTwins || Self.isSame(name, text)
    }

    private func directoryWords(
        _ check: LiveCheck, _ field: Int, _ directory: String, _ text: String, _ says: String
    ) -> String? {
        guard let list = checks.list(of: check) else { return nil }
        guard let name = found(text, list) else { return says }
        if list.hasCaseTwins || Self.isSame(name, text) { return nil }
        return checks.words.otherCase(field: field, directory: directory)
            .text([.suggestion: name])
    }

    private func found(_ text: String, _ list: NameList) -> String? {
        Self.isSearchable(text) ? list.name(like: text) : nil
    }

    /// The first row with the same value, when that is a row before; else the next one below.
    private func twin(of text: String, _ field: Int, _ number: Int) -> Int? {
        guard Self.isSearchable(text), let numbers = rowNumbers[field]?[Self.key(text)],
            let first = numbers.first
        else { return nil }
        if first < number { return first }
        return numbers.first { $0 > number }
    }
}

// What the functions of a spreadsheet do.
extension LiveCheckEvaluation {
    /// Texts are the same for a search whatever the case.
    private static func key(_ text: String) -> String { text.lowercased() }

    /// `EXACT`: the same characters, not only the same to look at.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    private static func isSearchable(_ text: String) -> Bool {
        let wildcardCount = text.utf16.count { "~*?".utf16.contains($0) }
        return text.utf16.count + wildcardCount <= searchLengthMax
    }

    /// What `TRIM(CLEAN(…))` leaves nothing of, no-break spaces being spaces.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0xA0
    }

    private static func isTrimmed(_ scalar: Unicode.Scalar) -> Bool {
        [0x20, 0xA0, 0x09, 0x0A, 0x0D].contains(scalar.value)
    }

    /// `TRIM`, as far as blank or not is concerned.
    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
