package import Portals
import Validation

/// Records of one sheet that refer to those of another: the rooms of a company.
package struct RecordFamily: Sendable {
    /// The sheet's index in the Definition.
    package let sheet: Int
    /// The field that refers, by its index there.
    package let field: Int
    /// What is referred to.
    package let parent: SheetDefinition
    /// The fields of that which the field holds.
    private let parentFields: [Int]
    /// What the referring ones are kept under.
    let indexName: String

    /// All that may refer to a sheet, each sheet once.
    package static func all(
        of parent: SheetDefinition, in definition: Definition
    ) -> [RecordFamily] {
        definition.sheets.indices.compactMap { index in
            let sheet = definition.sheets[index]
            guard sheet.makesRecords, sheet.id != parent.id else { return nil }
            return sheet.fields.indices.lazy.compactMap {
                RecordFamily(field: $0, ofSheet: index, parent, definition)
            }.first
        }
    }

    private init?(
        field: Int, ofSheet index: Int, _ parent: SheetDefinition, _ definition: Definition
    ) {
        let sheet = definition.sheets[index]
        guard let reference = sheet.reference(ofField: sheet.fields[field].id),
            reference.sheets.contains(parent.id)
        else { return nil }
        parentFields = (reference.to ?? parent.key).compactMap(parent.fieldIndex)
        let types = parentFields.map { parent.fields[$0].type }
        guard parentFields.count == reference.by.count else { return nil }
        self.sheet = index
        self.field = field
        self.parent = parent
        // As `RecordIndex` calls it.
        indexName =
            reference.by.joined(separator: "+") + ">"
            + types.map(\.rawValue).joined(separator: "+")
    }

    /// What records that refer to one are looked up by; nil for one without a name.
    func key(of values: [String?]) -> [UInt8]? {
        KnownRecord(values: values, origin: "").key(
            of: parentFields, types: parent.fields.map(\.type))
    }
}
