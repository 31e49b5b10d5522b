import Portals
package import Validation

/// The rows of one sheet that are handed over in a workbook, with the fields that the portal takes.
package struct FileRows {
    /// Position in the store.
    package let sheet: Int
    /// Rows of that sheet.
    package let rows: RowSet
    /// Fields of its Definition, in their order.
    package let fields: [Int]
}

extension BatchPlan {
    /// What goes into a workbook: the rows of the `file` operations that name it.
    ///
    /// - Parameter file: as the Definition has it: `upload`.
    package func rows(inFile file: String) -> [FileRows] {
        steps.compactMap { step in
            guard step.operation.file == file, let sheet = step.sheet else { return nil }
            let named = step.operation.data.compactMap { member -> String? in
                guard case .field(let id) = member.source else { return nil }
                return id
            }
            let definition = values.sheetDefinition(sheet)
            return FileRows(
                sheet: sheet, rows: step.rows,
                fields: definition.fields.indices.filter {
                    named.contains(definition.fields[$0].id)
                })
        }
    }
}
