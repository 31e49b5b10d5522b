import XLSX

/// A sentence with slots for what only a formula knows: `"{count} rows wrong, first: row {row}"`.
///
/// One source for the formula that makes it and for the value the formula has.
struct LiveSentence {
    enum Slot: String, CaseIterable {
        case row, count, suggestion

        /// What stands for it in the sentence, and is handed to a message as its argument.
        var mark: String { "{\(rawValue)}" }
    }

    private enum Piece {
        case text(String)
        case slot(Slot)
    }

    private let pieces: [Piece]

    /// Reads a sentence whose slots are written as their marks.
    init(_ sentence: String) {
        var pieces: [Piece] = []
        var rest = sentence[...]
        while let (slot, range) = Self.firstSlot(in: rest) {
            pieces.append(.text(String(rest[..<range.lowerBound])))
            pieces.append(.slot(slot))
            rest = rest[range.upperBound...]
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces.filter { piece in
            if case .text(let text) = piece { !text.isEmpty } else { true }
        }
    }

    private static func firstSlot(in text: Substring) -> (Slot, Range<Substring.Index>)? {
        Slot.allCases.compactMap { slot in text.firstRange(of: slot.mark).map { (slot, $0) } }
            .min { $0.1.lowerBound < $1.1.lowerBound }
    }

    /// The sentence as a formula.
    func formula(_ values: [Slot: Formula] = [:]) -> Formula {
        let parts = pieces.map { piece -> Formula in
            switch piece {
            case .text(let text): "\(text: text)"
            case .slot(let slot): values[slot] ?? "\"\""
            }
        }
        guard let first = parts.first else { return "\"\"" }
        return parts.dropFirst().reduce(first) { "\($0)&\($1)" }
    }

    /// The sentence as the formula has it.
    func text(_ values: [Slot: String] = [:]) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let part): text += part
            case .slot(let slot): text += values[slot] ?? ""
            }
        }
    }

    /// The longest part that is the same whatever the slots hold, by which the sentence is known.
    var longestText: String {
        pieces.compactMap { piece in
            if case .text(let text) = piece { text } else { nil }
        }.max { $0.count < $1.count } ?? ""
    }
}
