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
    /// The fields that say which one is referred to.
    package let by: [Int]
    /// What the referring ones are kept under.
    let indexName: String
    /// Whether they are links.
    package let isOfLinks: Bool
    /// What else they join, where they are.
    let others: [JoinedEnd]

    /// All that may refer to a sheet, each sheet once.
    package static func all(
        of parent: SheetDefinition, in definition: Definition
    ) -> [RecordFamily] {
        definition.sheets.indices.compactMap { index in
            let sheet = definition.sheets[index]
            guard sheet.isRemembered, sheet.id != parent.id else { return nil }
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
            reference.sheets.contains(parent.id),
            sheet.makesRecords || reference.by.contains(sheet.fields[field].id)
        else { return nil }
        parentFields = (reference.to ?? parent.key).compactMap(parent.fieldIndex)
        let types = parentFields.map { parent.fields[$0].type }
        guard parentFields.count == reference.by.count else { return nil }
        self.sheet = index
        self.field = field
        self.parent = parent
        by = reference.by.compactMap(sheet.fieldIndex)
        isOfLinks = sheet.makesLinks
        others =
            sheet.makesLinks
            ? sheet.fields.indices.filter { $0 != field }.compactMap {
                JoinedEnd(field: $0, of: sheet, definition)
            } : []
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

/// What a field of a link refers to.
struct JoinedEnd: Sendable {
    /// The id of its sheet.
    let sheet: String
    private let by: [Int]
    private let types: [FieldType]
    /// What it is kept under, as `RecordIndex` calls it.
    let indexName: String

    /// Nil for a field that refers to nothing by what it says itself.
    fileprivate init?(field: Int, of link: SheetDefinition, _ definition: Definition) {
        let id = link.fields[field].id
        guard let reference = link.reference(ofField: id), reference.by.contains(id),
            let target = definition.sheets.first(where: { $0.id == reference.sheets.first })
        else { return nil }
        let to = reference.to ?? target.key
        by = reference.by.compactMap(link.fieldIndex)
        types = to.compactMap(target.fieldIndex).map { target.fields[$0].type }
        guard by.count == types.count else { return nil }
        sheet = target.id
        indexName = to.joined(separator: "+")
    }

    func key(of link: [String?]) -> [UInt8]? {
        let said = by.map { link[$0] }
        return KnownRecord(values: said, origin: "").key(
            of: Array(said.indices), types: types)
    }
}
