import Portals
import Validation

/// Which accepted rows of one sheet have to do with a row of another: those about the same record,
/// those it refers to, those that refer to it, or else those that refer to the same record as it.
struct RelatedRows {
    private enum Relation {
        /// By the normalised key of their records.
        case sameRecord(keyFields: [Int], [[UInt8]: [Int]])
        /// Fields of the row that refer to the other sheet.
        case referredTo(fields: [Int])
        /// By the row they refer to.
        case referring([LinkTarget: [Int]])
        /// By what both refer to.
        case besides(field: Int, [LinkTarget: [Int]])
    }

    private let relation: Relation
    /// Position in the store of the sheet whose rows are looked for.
    private let other: Int

    /// Nil for sheets that have nothing to do with each other.
    init?(_ values: RecordValues, of other: Int, to sheet: Int) {
        self.other = other
        let (own, theirs) = (values.sheetDefinition(sheet), values.sheetDefinition(other))
        let ownFields = own.referringFields(to: [theirs.id])
        let theirFields = theirs.referringFields(to: [own.id])
        if own.entity == theirs.entity {
            let fields = values.keyFields(ofSheet: other)
            let rows = Dictionary(grouping: values.acceptedRows(ofSheet: other)) {
                values.key(sheet: other, row: $0, fields: fields)
            }
            relation = .sameRecord(keyFields: values.keyFields(ofSheet: sheet), rows)
        } else if !ownFields.isEmpty {
            relation = .referredTo(fields: ownFields)
        } else if !theirFields.isEmpty {
            relation = .referring(values.rows(ofSheet: other, referringBy: theirFields))
        } else if let pair = own.commonReference(with: theirs) {
            relation = .besides(
                field: pair.own, values.rows(ofSheet: other, referringBy: [pair.theirs]))
        } else {
            return nil
        }
    }

    /// Some rows of one sheet by what its first reference refers to; nil for a sheet without one.
    init?(_ values: RecordValues, among rows: RowSet, ofSheet sheet: Int) {
        let own = values.sheetDefinition(sheet)
        guard let field = own.commonReference(with: own)?.own else { return nil }
        other = sheet
        relation = .besides(
            field: field, values.rows(ofSheet: sheet, referringBy: [field], among: rows))
    }

    /// The rows in file order.
    ///
    /// - Parameter sheet: position in the store of the row's own sheet.
    func rows(for row: Int, of sheet: Int, _ values: RecordValues) -> [Int] {
        let links = values.verdicts.links
        switch relation {
        case .sameRecord(let keyFields, let rows):
            return rows[values.key(sheet: sheet, row: row, fields: keyFields)] ?? []
        case .referredTo(let fields):
            let targets = fields.compactMap { links.target(sheet: sheet, row: row, field: $0) }
            return Set(targets.filter { !$0.isKnown && $0.sheet == other }.map(\.index)).sorted()
        case .referring(let rows): return rows[.row(row, sheet: sheet)] ?? []
        case .besides(let field, let rows):
            return links.target(sheet: sheet, row: row, field: field).flatMap { rows[$0] } ?? []
        }
    }
}

extension RecordValues {
    /// The accepted rows of a sheet by what some of its fields refer to.
    fileprivate func rows(
        ofSheet sheet: Int, referringBy fields: [Int], among chosen: RowSet? = nil
    ) -> [LinkTarget: [Int]] {
        var rows: [LinkTarget: [Int]] = [:]
        for row in acceptedRows(ofSheet: sheet) where chosen?.contains(row) ?? true {
            let targets = fields.compactMap {
                verdicts.links.target(sheet: sheet, row: row, field: $0)
            }
            for target in Set(targets) { rows[target, default: []].append(row) }
        }
        return rows
    }
}

extension SheetDefinition {
    /// Indexes of the fields that refer to one of some sheets.
    func referringFields(to ids: [String]) -> [Int] {
        fields.indices.filter { index in
            let sheets = reference(ofField: fields[index].id)?.sheets ?? []
            return sheets.contains { ids.contains($0) }
        }
    }

    /// The first fields of both that refer to the same sheet.
    func commonReference(
        with other: SheetDefinition
    ) -> (own: Int, theirs: Int)? {
        for index in fields.indices {
            let sheets = reference(ofField: fields[index].id)?.sheets ?? []
            if let theirs = other.referringFields(to: sheets).first { return (index, theirs) }
        }
        return nil
    }
}
