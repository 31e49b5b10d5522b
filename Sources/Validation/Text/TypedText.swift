import Countries
package import Portals
import Spreadsheet

/// Values of the types that people write in several ways, in the one form that is handed on: days
/// as ISO 8601, whole numbers as digits, `true` and `false`, countries by two letters.
package enum TypedText {
    /// The normal form of a text; nil when it is no value of the type.
    package static func normal(
        _ text: UnsafeBufferPointer<UInt8>, _ type: FieldType
    ) -> String? {
        switch type {
        case .country: Country.find(text)?.alpha2
        case .date: day(DateReading(text))
        case .integer: WholeNumber.value(ofText: text).map { "\($0)" }
        case .boolean: YesNoText.value(of: text).map { "\($0)" }
        case .text, .email, .choice: String(decoding: text, as: UTF8.self)
        }
    }

    /// The normal form of a text; nil when it is no value of the type.
    package static func normal(_ text: String, _ type: FieldType) -> String? {
        var text = text
        return text.withUTF8 { normal($0, type) }
    }

    /// The normal form of what a cell holds; nil when it is no value of the type.
    static func normal(of cell: StoredCell, in store: RowStore, _ type: FieldType) -> String? {
        store.texts.read(cell.textID) { text in
            switch (type, cell.kind) {
            case (_, .text): normal(Trimming.trimmed(text), type)
            case (.date, _):
                day(DateReading(cell: cell.kind, text: text, system: store.dateSystem))
            case (.integer, .number): WholeNumber.value(ofNumber: text).map { "\($0)" }
            case (.boolean, .boolean), (.boolean, .number): normal(text, type)
            default: nil
            }
        }
    }

    private static func day(_ reading: DateReading) -> String? {
        guard case .day(let day) = reading else { return nil }
        return day.description
    }
}

extension FieldType {
    /// Whether its values have a normal form of their own.
    package var hasNormalText: Bool {
        switch self {
        case .country, .date, .integer, .boolean: true
        case .text, .email, .choice: false
        }
    }
}
