/// A record that rows of a sheet make beside what they are about: the room that a host is given,
/// and the link to it.
package struct MadeRecord: Sendable {
    /// Where its values come from.
    package enum Source: Sendable {
        /// A field of the row.
        case field(String)
        case constant(String)
    }

    /// Which rows make it; nil: all.
    package var when: Condition?
    /// The id of the sheet whose record it is.
    package var sheet: String
    /// By id of that sheet's field.
    package var values: [(field: String, source: Source)]
}

extension MadeRecord {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["when", "sheet", "values"])
        var values: [(field: String, source: Source)] = []
        for (field, member) in try table.required("values").table().members {
            values.append((field, try Source(member)))
        }
        self.init(
            when: try table["when"].map(Condition.init(_:)),
            sheet: try table.required("sheet").id(), values: values)
    }
}

extension MadeRecord.Source {
    /// A field's id or `{constant: TEXT}`.
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        guard case .table = node.value else {
            self = .field(try node.id())
            return
        }
        self = .constant(try node.table(["constant"]).required("constant").text())
    }
}
