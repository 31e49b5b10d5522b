import Portals
import Validation

/// The text of a step, in which `{key}` and `{field id}` stand for what a row says.
///
/// Braces around anything else are left as they are.
struct StepText {
    private enum Piece {
        case literal(Substring)
        case field(Int)
        case key
    }

    private let pieces: [Piece]

    /// - Parameter sheet: the sheet of the rows; nil for what is done once.
    init(_ text: String, sheet: SheetDefinition?) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let next = rest.index(after: end)
            if let piece = Self.piece(rest[start..<end].dropFirst(), sheet) {
                pieces += [.literal(rest[..<start]), piece]
            } else {
                pieces.append(.literal(rest[..<next]))
            }
            rest = rest[next...]
        }
        self.pieces = pieces + [.literal(rest)]
    }

    private static func piece(_ name: Substring, _ sheet: SheetDefinition?) -> Piece? {
        guard let sheet else { return nil }
        return name == "key" ? .key : sheet.fieldIndex(String(name)).map { .field($0) }
    }

    /// Whether every row has a text of its own.
    var dependsOnRow: Bool {
        pieces.contains {
            if case .literal = $0 { false } else { true }
        }
    }

    /// The text as it is, for what is done once.
    var text: String {
        pieces.map { if case .literal(let text) = $0 { String(text) } else { "" } }.joined()
    }

    /// The text for a row. The parts of a key are told with commas between.
    func text(_ values: RecordValues, sheet: Int, row: Int) -> String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): String(text)
            case .field(let field): values.value(sheet: sheet, row: row, field: field)
            case .key: values.keyText(sheet: sheet, row: row)
            }
        }.joined()
    }
}

extension RecordValues {
    /// A record's key as people read it.
    func keyText(sheet: Int, row: Int) -> String {
        keyFields(ofSheet: sheet).map { text(sheet: sheet, row: row, field: $0) }
            .joined(separator: ", ")
    }
}
