/// What only one record among several has at a time: the row of the one that gives it up is a part
/// of the row of the one that takes it, as one step at the portal does both.
package struct SoleField: Sendable {
    /// The id of a field of yes or no.
    package var field: String
    /// Fields that all of the several say alike.
    package var within: [String]
}

extension SoleField {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["field", "within"])
        self.init(
            field: try table.required("field").id(),
            within: try table.required("within").oneOrMore(of: DefinitionNode.id(of:)))
    }
}
