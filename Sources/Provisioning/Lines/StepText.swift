import Portals
import Validation

/// The text of a step, in which `{key}` and `{field id}` stand for what a row says.
///
/// Braces around anything else are left as they are.
struct StepText {
    fileprivate enum Piece {
        case literal(String)
        case field(Int)
        /// A name that the step itself changes: the portal shows the former one until then.
        case former(Int)
        /// The fields of the key.
        case key([Int])
        /// What the step carries and its text does not name, told with its title where the row
        /// says it.
        case other(Int, title: String)
    }

    private let pieces: [Piece]
    /// Fields of which the text tells what stands in them before the step is done.
    private let formers: [Int]
    private let words: ChecklistWords
    private let changesOnly: Bool

    /// - Parameter sheet: the sheet of the rows; nil for what is done once.
    init(_ operation: OperationDefinition, in language: String, sheet: SheetDefinition?) {
        let text = operation.text?.text(in: language) ?? ""
        let renamed = Self.renamed(operation.data, sheet)
        words = ChecklistWords(language: language)
        changesOnly = operation.changesOnly
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let next = rest.index(after: end)
            if let piece = Self.piece(rest[start..<end].dropFirst(), sheet, renamed) {
                pieces += [.literal(String(rest[..<start])), piece]
            } else {
                pieces.append(.literal(String(rest[..<next])))
            }
            rest = rest[next...]
        }
        pieces.append(.literal(String(rest)))
        formers = pieces.compactMap { if case .former(let field) = $0 { field } else { nil } }
        self.pieces =
            pieces.contains(where: \.dependsOnRow)
            ? pieces + Self.others(operation.data, pieces, in: language, sheet) : pieces
    }

    /// The parts of the key that a step gives another value.
    private static func renamed(
        _ data: [(name: String, source: DataSource)], _ sheet: SheetDefinition?
    ) -> [Int] {
        data.compactMap { member in
            guard let sheet, case .field(let id) = member.source, sheet.renamed.contains(id) else {
                return nil
            }
            return sheet.fieldIndex(id)
        }
    }

    private static func others(
        _ data: [(name: String, source: DataSource)], _ pieces: [Piece], in language: String,
        _ sheet: SheetDefinition?
    ) -> [Piece] {
        var told = Set(pieces.flatMap(\.fields))
        return data.compactMap { member in
            guard let sheet, case .field(let id) = member.source,
                let index = sheet.fieldIndex(id), told.insert(index).inserted
            else { return nil }
            return .other(index, title: sheet.fields[index].title.text(in: language))
        }
    }

    private static func piece(
        _ name: Substring, _ sheet: SheetDefinition?, _ renamed: [Int]
    ) -> Piece? {
        guard let sheet else { return nil }
        if name == "key" { return .key(sheet.key.compactMap { sheet.fieldIndex($0) }) }
        return sheet.fieldIndex(String(name)).map {
            renamed.contains($0) ? .former($0) : .field($0)
        }
    }

    /// Whether every row has a text of its own.
    var dependsOnRow: Bool { pieces.contains(where: \.dependsOnRow) }

    /// The text as it is, for what is done once.
    var text: String {
        pieces.map { if case .literal(let text) = $0 { text } else { "" } }.joined()
    }

    /// Appends the text for a row. The parts of a key are told with commas between.
    func append(_ values: RecordValues, sheet: Int, row: Int, to bytes: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .literal(let text): bytes.append(contentsOf: text.utf8)
            case .field(let field):
                values.appendShown(
                    sheet: sheet, row: row, field: field, in: words.language, to: &bytes)
            case .former(let field):
                values.appendKey(sheet: sheet, row: row, [field], to: &bytes)
            case .key(let fields): values.appendKey(sheet: sheet, row: row, fields, to: &bytes)
            case .other(let field, let title):
                if formers.contains(field)
                    && !values.isRenamed(sheet: sheet, row: row, field: field)
                    || values.isBlank(sheet: sheet, row: row, field: field)
                    || (changesOnly
                        && !values.isNewOrChanged(sheet: sheet, row: row, field: field))
                {
                    continue
                }
                bytes.append(contentsOf: " \(title): ".utf8)
                let start = bytes.count
                values.appendShown(
                    sheet: sheet, row: row, field: field, in: words.language, to: &bytes)
                if bytes.count == start { bytes.append(contentsOf: words.empty.utf8) }
                if !formers.contains(field) {
                    values.appendFormer(sheet: sheet, row: row, field: field, words, to: &bytes)
                }
                bytes.append(UInt8(ascii: "."))
            }
        }
    }
}

extension RecordValues {
    /// Appends a record's key as people read it.
    func appendKey(sheet: Int, row: Int, _ fields: [Int], to bytes: inout [UInt8]) {
        for (position, field) in fields.enumerated() {
            if position > 0 { bytes.append(contentsOf: ", ".utf8) }
            withKeyPart(sheet: sheet, row: row, field: field) { bytes.append(contentsOf: $0) }
        }
    }
}

extension StepText.Piece {
    fileprivate var dependsOnRow: Bool {
        if case .literal = self { false } else { true }
    }

    /// The fields that it tells.
    fileprivate var fields: [Int] {
        switch self {
        case .literal: []
        case .field(let field), .other(let field, _): [field]
        // What it becomes is told, too.
        case .former: []
        case .key(let fields): fields
        }
    }
}
