package import Portals
import Spreadsheet

/// Values of the types that people write in several ways, in the one form that is handed on.
package enum TypedText {
    /// The normal form of a trimmed text; nil when it is no value of the type.
    package static func normal(
        _ text: UnsafeBufferPointer<UInt8>, _ type: FieldType
    ) -> String? { String(decoding: text, as: UTF8.self) }

    /// The normal form of what a cell holds; its text as it came when it is no value of the type.
    static func normal(of cell: StoredCell, in store: RowStore, _ type: FieldType) -> String {
        CellText.with(cell, in: store.texts) { text in
            normal(text, type) ?? String(decoding: text, as: UTF8.self)
        }
    }

    package static func normal(_ text: String, _ type: FieldType) -> String? {
        var text = text
        return text.withUTF8 { normal($0, type) }
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
