package import Portals
package import Validation

/// A row that was accepted, as it was kept.
package struct AcceptedRow: Sendable {
    /// The sheet's id in the Definition.
    package let sheet: String
    /// Normalised.
    package let key: [UInt8]
    /// By field: all that a new row says, or what another one changes.
    package let values: [String?]
    /// Nil for one that this version does not know.
    package let action: Action?
}

extension KeptFiles {
    /// The rows that were accepted, by sheet, then by the number of the row.
    package func acceptedRows(of plan: ValidationPlan) throws -> [String: [Int: AcceptedRow]] {
        var rows: [String: [Int: AcceptedRow]] = [:]
        let fields = Dictionary(
            plan.definition.sheets.map { ($0.id, $0.fields.map(\.id)) }
        ) { first, _ in first }
        try forEachRow { row in
            guard row.isAccepted, let fields = fields[row.sheet] else { return }
            rows[row.sheet, default: [:]][row.rowNumber] = AcceptedRow(
                sheet: row.sheet, key: row.key, values: FieldLine.values(row.values, of: fields),
                action: Action(rawValue: row.action))
        }
        return rows
    }
}
