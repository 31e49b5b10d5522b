import Catalogue
import Portals

/// Settles what each row means for what is known.
///
/// | action | not known | known, same data | known, other data |
/// |---|---|---|---|
/// | Create | new | unchanged | `record.exists`, or an update of what `updatedByCreate` names |
/// | Update | `record.unknown` | unchanged | an update of what differs |
/// | others | `record.unknown` | done | done |
struct KnownMatching {
    let keyFields: [Int]

    func judge(_ judging: inout Judging) {
        guard judging.known.records != nil else {
            let sheet = judging.sheetDefinition
            if judging.sheetStore.rowCount > 0,
                sheet.makesRecords || sheet.actions.contains(.unlink)
            {
                judging.reportOfFile(.recordUnverified)
            }
            return
        }
        let makers = CreatingRows(keyFields, judging)
        let unlinks = judging.sheetDefinition.unlinks.map {
            RowCondition($0, of: judging.sheetDefinition, in: judging.plan.definition)
        }
        for row in judging.rows
        where judging.isWellFormed(keyFields, row, mayBeBlank: judging.sheetPlan.optionalKey)
            && !judging.unreadActions[judging.sheet].contains(row)
        {
            settle(
                row, judging.links.record(sheet: judging.sheet, row: row), makers,
                unlinks: unlinks?.holds(row, of: judging.sheet, in: judging) ?? false, &judging)
        }
        ShuffledColumns().judge(&judging)
    }

    private func settle(
        _ row: Int, _ record: KnownRecord?, _ makers: CreatingRows, unlinks: Bool,
        _ judging: inout Judging
    ) {
        let action = judging.actions[judging.sheet][row]
        if let origin = originOfIssued(action, row, judging) {
            judging.unchanged[judging.sheet].insert(row)
            return judging.report(
                .recordUnchanged, row, detail: FindingDetail(arguments: ["reason": origin]))
        }
        guard let record else {
            takeOverName(row, &judging)
            if needsRecord(action, judging) {
                if makers.makesRecord(of: row, judging) || lacksParent(row, judging) { return }
                reportUnknown(row, &judging)
            } else if unlinks {
                reportNotLinked(row, &judging)
            }
            return
        }
        guard action == .create || action == .update || action == .link else { return }
        let differences = differences(row, record, judging)
        if refusesRename(differences, row, record, &judging) { return }
        if differences.isEmpty {
            if judging.rejected[judging.sheet].contains(row) { return }
            judging.unchanged[judging.sheet].insert(row)
            judging.report(
                .recordUnchanged, row,
                detail: FindingDetail(arguments: ["reason": record.origin]))
        } else if action == .link {
            judging.changes[Place(sheet: judging.sheet, row: row)] = differences
        } else if action == .update || isTakenByCreate(differences, judging) {
            judging.actions[judging.sheet][row] = .update
            judging.changes[Place(sheet: judging.sheet, row: row)] = differences
        } else {
            var detail = FindingDetail(arguments: judging.wholeKey(of: keyFields, row))
            detail.arguments["reason"] = record.origin
            detail.rule = judging.sheetDefinition.existsRemedy.map { RuleReference(remedy: $0) }
            detail.differences = differences.map { field in
                FindingDetail.Difference(
                    field: field, known: record.values[field] ?? "",
                    new: judging.value(row, field))
            }
            judging.report(.recordExists, row, keyFields.first, detail: detail)
        }
    }

    /// A link that nobody remembers may be there all the same, unless all those of one of its ends
    /// are known.
    private func reportUnknown(_ row: Int, _ judging: inout Judging) {
        let isUnverified = !judging.sheetDefinition.makesRecords && !judging.knowsLink(ofRow: row)
        let detail = FindingDetail(arguments: judging.wholeKey(of: keyFields, row))
        judging.report(
            isUnverified ? .linkUnverified : .recordUnknown, row, keyFields.first, detail: detail)
    }

    /// A new record may have the former name of one that another row renames.
    private func takeOverName(_ row: Int, _ judging: inout Judging) {
        guard judging.renames != nil, judging.asks(row, for: .create),
            let former = judging.known.records?.index(
                ofKey: judging.key(of: keyFields, row), inSheet: judging.sheetDefinition.id),
            let owner = judging.links.row(
                ofRecord: former, sheet: judging.sheetStore.definitionIndex)
        else { return }
        judging.handOver(keyFields, from: owner.index, to: row)
    }

    /// What takes a link away needs one, be it one that another row makes.
    private func reportNotLinked(_ row: Int, _ judging: inout Judging) {
        let others = judging.links.fellows(of: .row(row, sheet: judging.sheet))
        let isMade = others.contains { judging.actions[$0.sheet][$0.index] == .link }
        if !isMade && !lacksParent(row, judging) { reportUnknown(row, &judging) }
    }

    /// Where an earlier try of the same upload got what the row asks for, if that leaves no trace
    /// in a record.
    private func originOfIssued(_ action: Action, _ row: Int, _ judging: Judging) -> String? {
        if judging.known.issued.isEmpty || judging.rejected[judging.sheet].contains(row) {
            return nil
        }
        let sheet = judging.sheetDefinition
        if sheet.makesRecords && (action == .create || action == .update || action == .link) {
            return nil
        }
        let isLinked = judging.links.record(sheet: judging.sheet, row: row) != nil
        if action == .link && isLinked { return nil }
        return judging.known.issued.origin(
            sheet: sheet.id, action: action.rawValue, key: judging.key(of: keyFields, row))
    }

    /// Whether a row gives its record a key that it can't have: one that the portal never changes,
    /// or one that another record has and keeps.
    private func refusesRename(
        _ differences: [Int], _ row: Int, _ record: KnownRecord, _ judging: inout Judging
    ) -> Bool {
        let changed = differences.filter { keyFields.contains($0) }
        if changed.isEmpty { return false }
        let sheet = judging.sheetDefinition
        let fixed = changed.filter { !sheet.renamed.contains(sheet.fields[$0].id) }
        for field in fixed {
            let known = record.values[field] ?? ""
            judging.report(
                .cellMustEqual, row, field,
                detail: FindingDetail(arguments: ["expected": known], suggestion: known))
        }
        if !fixed.isEmpty { return true }
        let key = judging.key(of: keyFields, row)
        let index = judging.sheetStore.definitionIndex
        guard let other = judging.known.records?.index(ofKey: key, inSheet: sheet.id),
            judging.links.recordIndex(sheet: judging.sheet, row: row)?.index != other
        else { return false }
        // Unless a row of its own gives that one another key.
        if let owner = judging.links.row(ofRecord: other, sheet: index),
            judging.key(of: keyFields, owner.index) != key,
            !judging.rejected[judging.sheet].contains(owner.index)
        {
            judging.handOver(keyFields, from: owner.index, to: row)
            return false
        }
        let origin = judging.links.records[index][other].origin
        judging.report(
            .recordExists, row, changed.first,
            detail: FindingDetail(arguments: ["reason": origin]))
        return true
    }

    /// Whether a part of the key names nothing that is there: that is told of the part.
    private func lacksParent(_ row: Int, _ judging: Judging) -> Bool {
        let sheet = judging.sheetDefinition
        return keyFields.contains { field in
            sheet.reference(ofField: sheet.fields[field].id) != nil
                && judging.links.target(sheet: judging.sheet, row: row, field: field) == nil
        }
    }

    /// On a sheet that makes no records only what is taken away must be there.
    private func needsRecord(_ action: Action, _ judging: Judging) -> Bool {
        judging.sheetDefinition.makesRecords ? action != .create : action == .unlink
    }

    private func isTakenByCreate(_ differences: [Int], _ judging: Judging) -> Bool {
        let sheet = judging.sheetDefinition
        return differences.allSatisfy { sheet.updatedByCreate.contains(sheet.fields[$0].id) }
    }

    /// Fields in which the row says something else than the record. A blank cell says nothing. What
    /// the record's source did not tell may be the same, but an order must not be lost over it.
    fileprivate func differences(
        _ row: Int, _ record: KnownRecord, _ judging: Judging
    ) -> [Int] {
        let isFoundByID = judging.store.id(sheet: judging.sheet, row: row) != nil
        // Held itself: to reach it for every cell would copy it as often.
        let sheet = judging.sheetStore
        var differences: [Int] = []
        for field in 0..<record.values.count {
            let form = judging.form(row, field)
            if form != .wellFormed && form != .clear { continue }
            if keyFields.contains(field) && !isFoundByID { continue }
            let differs = record.values.withBytes(field) { known in
                guard let known else {
                    return form == .wellFormed
                        && (!judging.asks(row, for: .create) || isTakenByCreate([field], judging))
                }
                if form == .clear { return !known.isEmpty }
                return judging.withValue(row, field, of: sheet) {
                    !isSame($0, known, field, judging)
                }
            }
            if differs { differences.append(field) }
        }
        return differences
    }

    /// Addresses are the same whatever their case, and so is what a row refers to: its name is
    /// found so. All else is the same letter for letter.
    private func isSame(
        _ value: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>, _ field: Int,
        _ judging: Judging
    ) -> Bool {
        if value.isSame(as: known) { return true }
        let type = judging.sheetPlan.types[field]
        let (value, known) = (
            String(decoding: value, as: UTF8.self), String(decoding: known, as: UTF8.self)
        )
        // The same letters may be written in other bytes.
        if value == known { return true }
        if type.hasNormalText { return TypedText.normal(known, type) == value }
        guard type == .email || judging.sheetPlan.refers[field] else { return false }
        return FieldKey.bytes(value, type: type) == FieldKey.bytes(known, type: type)
    }
}

extension Judging {
    /// Whether a row is as it was exported: whatever holds of such a record by now, nothing is
    /// asked for.
    func isUntouched(_ row: Int) -> Bool {
        guard store.id(sheet: sheet, row: row) != nil,
            asks(row, for: .create) || asks(row, for: .update),
            let record = links.record(sheet: sheet, row: row),
            !forms.contains(where: { $0[row] == .malformed })
        else { return false }
        let matching = KnownMatching(keyFields: sheetPlan.keyFields)
        return matching.differences(row, record, self).isEmpty
    }

    /// Whether a cell of an exported row says what its record is known to have, letter for letter.
    func isAsExported(_ row: Int, _ field: Int) -> Bool {
        guard let known = known.records?.sheet(sheetDefinition.id),
            let record = store.id(sheet: sheet, row: row).flatMap({ known.index(ofID: $0) })
        else { return false }
        return known.records[record].values[field] == text(row, field)
    }
}

/// The rows of a sheet that make a record: others of the file may work on it.
private struct CreatingRows {
    private let keyFields: [Int]
    private let rows: Set<[UInt8]>

    /// Keys are kept only where rows ask for something else besides.
    init(_ keyFields: [Int], _ judging: Judging) {
        self.keyFields = keyFields
        let actions = judging.actions[judging.sheet]
        guard judging.sheetDefinition.makesRecords,
            actions.contains(where: { $0 != .create && $0 != .update })
        else {
            rows = []
            return
        }
        rows = Set(
            judging.rows.filter { actions[$0] == .create }.map { judging.key(of: keyFields, $0) })
    }

    func makesRecord(of row: Int, _ judging: Judging) -> Bool {
        judging.actions[judging.sheet][row] != .update && !rows.isEmpty
            && rows.contains(judging.key(of: keyFields, row))
    }
}
