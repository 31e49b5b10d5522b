import Portals
import Validation

/// Which columns a data sheet has, from left to right.
struct SheetLayout {
    enum Column: Hashable {
        case field(Int)
        /// What a row asks for.
        case action
        /// One of the reseller's own, by its position in the `SheetStore`.
        case extra(Int)
        case check, originalRow, problems
        case suggestion(Int)
        case useSuggestions, rowKey
        /// Which known record a row is, as its export said.
        case id

        /// The column of Rowgate's own that this is, but for suggestions.
        var own: OwnColumn? {
            switch self {
            case .field, .extra, .suggestion: nil
            case .action: .action
            case .check: .check
            case .originalRow: .originalRow
            case .problems: .problems
            case .useSuggestions: .useSuggestions
            case .rowKey: .rowKey
            case .id: .id
            }
        }
    }

    let columns: [Column]
    private let indexes: [Column: Int]

    init(_ columns: [Column]) {
        self.columns = columns
        indexes = Dictionary(
            uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) })
    }

    /// The columns of a template: fields, `Action` where rows may ask for more, `Check`.
    ///
    /// - Parameter hasIDs: Whether its rows are records that have one.
    init(templateOf sheet: SheetDefinition, hasIDs: Bool = false) {
        self.init(Self.filledIn(sheet) + [.check] + (hasIDs ? [.id] : []))
    }

    /// The columns that people fill in.
    ///
    /// - Parameter hasAction: Whether rows have an `Action` cell whatever the Definition says.
    static func filledIn(_ sheet: SheetDefinition, hasAction: Bool = false) -> [Column] {
        sheet.fields.indices.map(Column.field)
            + (hasAction || sheet.hasActionColumn ? [.action] : [])
    }

    func index(of column: Column) -> Int? { indexes[column] }

    /// The indexes of the fields' columns, in the order of the fields.
    var fieldIndexes: [Int] {
        columns.enumerated().compactMap { index, column in
            if case .field = column { index } else { nil }
        }
    }
}
