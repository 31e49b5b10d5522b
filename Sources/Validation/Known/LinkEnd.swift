import Catalogue
package import Portals

/// One of the things that a link joins: what a field of its sheet must refer to.
///
/// A link is there as long as both its ends are, and as long as they belong together.
package struct LinkEnd: Sendable {
    /// The links, by what they refer to.
    package let index: RecordIndex
    /// What is referred to.
    package let targets: [RecordIndex]
    /// What a link and its end must say alike: a field of the link, and the end's by its sheet.
    private let alike: [(own: Int, others: [Int: Int])]

    /// Nil for a field that refers to nothing, or to what need not be there.
    init?(_ reference: RecordReference, in definition: Definition) {
        let sheet = definition.sheets[reference.index.sheet]
        let field = sheet.fields[reference.field]
        guard sheet.makesLinks,
            let rule = field.rules.first(where: { $0.kind == Reference.kind }),
            rule.severity ?? .error == .error
        else { return nil }
        index = reference.index
        targets = reference.targets
        alike = field.rules.filter { $0.kind == SameParentRule.kind }.compactMap { rule in
            guard let name = rule.texts("field").first, let own = sheet.fieldIndex(name) else {
                return nil
            }
            let other = rule.texts("in").first ?? name
            let others = reference.targets.compactMap { target in
                definition.sheets[target.sheet].fieldIndex(other).map { (target.sheet, $0) }
            }
            return (own, Dictionary(others) { first, _ in first })
        }
    }

    /// Whether a link still goes with what its end says by now; what is not known speaks for it.
    package func holds(
        _ link: [String?], with end: [String?], ofSheet sheet: Int
    ) -> Bool {
        alike.allSatisfy { own, others in
            guard let other = others[sheet], let ours = link[own], let theirs = end[other] else {
                return true
            }
            return NameKey.bytes(of: ours) == NameKey.bytes(of: theirs)
        }
    }
}

extension RecordIndexes {
    /// What finds the links of a record, with the end that it is.
    ///
    /// - Parameter sheet: the record's, by its index in the Definition.
    package func links(
        of record: KnownRecord, ofSheet sheet: Int
    ) -> [(end: LinkEnd, key: [UInt8])] {
        ends.flatMap { end in
            end.targets.filter { $0.sheet == sheet }.compactMap { target in
                target.key(of: record).map { (end, $0) }
            }
        }
    }

    /// Sheets whose links may join records of a sheet.
    package func sheetsLinking(_ sheet: Int) -> Set<Int> {
        Set(
            ends.filter { $0.targets.contains { $0.sheet == sheet } }.map(\.index.sheet))
    }

    /// What a record cannot be without. What a link refers to beside its ends may go.
    ///
    /// - Parameter sheet: the record's, by its index in the Definition.
    package func grounds(
        of record: KnownRecord, ofSheet sheet: Int, in definition: Definition
    ) -> [(index: RecordIndex, key: [UInt8])] {
        if !definition.sheets[sheet].makesLinks { return parents(of: record, ofSheet: sheet) }
        return ends.filter { $0.index.sheet == sheet }.flatMap { end in
            end.index.key(of: record).map { key in end.targets.map { ($0, key) } } ?? []
        }
    }
}

extension Judging {
    /// Whether all links of a target are known: those of something new stand in this workbook. A
    /// memory says so of each record; a list has links or tells of none.
    ///
    /// - Parameter sheet: of the links, by its index in the Definition.
    func knowsLinks(of target: LinkTarget, onSheet sheet: Int) -> Bool {
        let record =
            target.isKnown
            ? links.records[target.sheet][target.index]
            : links.record(sheet: target.sheet, row: target.index)
        guard let record else { return true }
        if let knows = record.knowsLinks { return knows }
        return sheet < links.records.count && !links.records[sheet].isEmpty
    }

    /// Whether a link that no record is known of is none: one of its ends knows all of its links.
    func knowsLink(ofRow row: Int) -> Bool {
        let index = sheetStore.definitionIndex
        return plan.recordIndexes.ends.contains { end in
            end.index.sheet == index
                && end.index.fields.contains { field in
                    links.target(sheet: sheet, row: row, field: field).map {
                        knowsLinks(of: $0, onSheet: index)
                    } ?? false
                }
        }
    }
}
