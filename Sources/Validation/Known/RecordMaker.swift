package import Portals

/// Makes the records that rows of a sheet make beside what they are about.
package struct RecordMaker: Sendable {
    private enum Source: Sendable {
        /// A field of the row.
        case field(Int)
        case constant(String)
    }

    /// Of what it makes, the sheet's index in the Definition.
    package let sheet: Int
    private let condition: RowCondition?
    private let settings: Settings
    private let fieldCount: Int
    /// By field of what it makes.
    private let sources: [(field: Int, source: Source)]

    /// Those of a sheet, in the order of its Definition.
    package static func all(
        of sheet: SheetDefinition, in definition: Definition, _ settings: Settings
    ) -> [RecordMaker] {
        sheet.makes.compactMap { RecordMaker($0, of: sheet, in: definition, settings) }
    }

    private init?(
        _ made: MadeRecord, of sheet: SheetDefinition, in definition: Definition,
        _ settings: Settings
    ) {
        guard let index = definition.sheets.firstIndex(where: { $0.id == made.sheet }) else {
            return nil
        }
        let fields = definition.sheets[index]
        self.sheet = index
        self.settings = settings
        condition = made.when.map { RowCondition($0, of: sheet, in: definition) }
        fieldCount = fields.fields.count
        sources = made.values.compactMap { id, source in
            guard let field = fields.fieldIndex(id) else { return nil }
            switch source {
            case .field(let id): return sheet.fieldIndex(id).map { (field, .field($0)) }
            case .constant(let text): return (field, .constant(text))
            }
        }
    }

    /// What a row makes, by field; nil for nothing.
    ///
    /// - Parameter said: what the row says, by field.
    package func record(ofRow said: [String?], asking action: Action?) -> [String?]? {
        guard condition?.holds(said, settings, asking: action) ?? true else { return nil }
        var values = [String?](repeating: nil, count: fieldCount)
        for (field, source) in sources {
            switch source {
            case .field(let own): values[field] = said[own]
            case .constant(let text): values[field] = text
            }
        }
        return values
    }
}
