package import Portals

/// What rows say after judging: values trimmed, filled and in the portal's words, as they are
/// handed on.
package struct RecordValues: Sendable {
    /// The rows as they were judged: with the names that rows of the same workbook give records,
    /// and without what takes no effect.
    package let store: RowStore
    /// The same as they came.
    package let storeAsItCame: RowStore
    /// Whether every cell was judged as it came.
    package let isJudgedAsItCame: Bool
    package let verdicts: Verdicts
    package let definition: Definition
    private let values: ValuesByField
    /// By sheet, whether its rows may give their records another key.
    private let mayRename: [Bool]

    package init(_ store: RowStore, _ verdicts: Verdicts, of definition: Definition) {
        let came = store
        let store = verdicts.storeAsTaken ?? came
        self.store = store
        storeAsItCame = came
        isJudgedAsItCame = verdicts.storeAsTaken == nil
        self.verdicts = verdicts
        self.definition = definition
        values = ValuesByField(
            store.sheets.indices.map { sheet in
                let fields = definition.sheets[store.sheets[sheet].definitionIndex].fields
                return fields.indices.map { field in
                    let replacements = verdicts.replacements.filter {
                        $0.sheet == sheet && $0.field == field
                    }
                    return FieldValues(
                        store, came: verdicts.storeAsTaken == nil ? nil : came, sheet: sheet,
                        field: field, fields[field], replacements)
                }
            })
        mayRename = store.sheets.map { !definition.sheets[$0.definitionIndex].renamed.isEmpty }
    }

    /// The value of a field; empty when there is none.
    ///
    /// E-mail addresses and names keep the case in which they were typed.
    package func text(sheet: Int, row: Int, field: Int) -> String {
        var text = ""
        withBytes(sheet: sheet, row: row, field: field) {
            text = String(decoding: $0, as: UTF8.self)
        }
        return text
    }

    /// Hands out the bytes of a field's value, without making a string in the common case.
    ///
    /// Not generic, because other rooms can't have it inlined: every value goes through here.
    package func withBytes(
        sheet: Int, row: Int, field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        values.with(sheet, field) { value in
            switch value.replacement(row: row) {
            case .text(var text): text.withUTF8(body)
            case .field(let other): values.with(sheet, other) { $0.withTyped(row: row, body) }
            case nil: value.withTyped(row: row, body)
            }
        }
    }

    /// Hands out a part of the key that a row's record has at the portal: the old one where the row
    /// gives it another.
    package func withKeyPart(
        sheet: Int, row: Int, field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        guard isRenamed(sheet: sheet, row: row, field: field),
            var known = verdicts.links.record(sheet: sheet, row: row)?.values[field]
        else { return withBytes(sheet: sheet, row: row, field: field, body) }
        known.withUTF8(body)
    }

    /// Whether a row gives a part of its record's key another value.
    package func isRenamed(sheet: Int, row: Int, field: Int) -> Bool {
        mayRename[sheet]
            && verdicts.changes[Place(sheet: sheet, row: row)]?.contains(field) == true
    }

    /// What was typed in a field.
    func column(sheet: Int, field: Int) -> CellColumn { values.with(sheet, field, \.cells) }

    /// Whether people may call a value of a field otherwise than portals do.
    package func hasShownWords(sheet: Int, field: Int) -> Bool {
        values.with(sheet, field, \.hasShownWords)
    }

    /// Whether the value of a field is empty.
    package func isBlank(sheet: Int, row: Int, field: Int) -> Bool {
        var isBlank = true
        withBytes(sheet: sheet, row: row, field: field) { isBlank = $0.isEmpty }
        return isBlank
    }

    /// Whether the value of a field is, byte for byte, what came.
    package func isAsItCame(sheet: Int, row: Int, field: Int) -> Bool {
        if let isSame = values.with(sheet, field, { $0.isTypedAsItCame(row: row) }) {
            return isSame
        }
        var isSame = false
        withBytes(sheet: sheet, row: row, field: field) { text in
            isSame = values.with(sheet, field) { $0.came(row: row, as: text) }
        }
        return isSame
    }

    /// What a field of a target says: its cell, or, where that is blank, what is known.
    package func text(of target: LinkTarget, field: Int) -> String {
        let links = verdicts.links
        guard !target.isKnown else {
            return links.records[target.sheet][target.index].values[field] ?? ""
        }
        let typed = text(sheet: target.sheet, row: target.index, field: field)
        if !typed.isEmpty { return typed }
        return links.record(sheet: target.sheet, row: target.index)?.values[field] ?? ""
    }

    /// Index in the Definition of the sheet of what a row refers to.
    package func definitionIndex(of target: LinkTarget) -> Int {
        target.isKnown ? target.sheet : store.sheets[target.sheet].definitionIndex
    }

    /// Normalised key of a row's record, for looking it up.
    package func key(sheet: Int, row: Int, fields: [Int]) -> [UInt8] {
        let types = definition.sheets[store.sheets[sheet].definitionIndex].fields.map(\.type)
        var key: [UInt8] = []
        for field in fields {
            if !key.isEmpty { key.append(0) }
            withBytes(sheet: sheet, row: row, field: field) {
                FieldKey.append($0, type: types[field], to: &key)
            }
        }
        return key
    }
}

extension RecordValues {
    /// The same with the former names of what rows of some sheets rename.
    ///
    /// - Parameter sheets: positions in the store.
    package func beforeRenames(ofSheets sheets: Set<Int>) -> RecordValues {
        var rows: [Place: [String: RowSet]] = [:]
        for (place, grounds) in verdicts.renameGrounds {
            guard let sheet = place.sheet, let row = place.row else { continue }
            let meant = grounds.filter { $0.row.sheet.map(sheets.contains) == true }
            for (field, name) in meant.flatMap(\.formerNames) {
                rows[Place(sheet: sheet, field: field), default: [:]][name, default: RowSet()]
                    .insert(row)
            }
        }
        var verdicts = verdicts
        for (place, names) in rows {
            guard let sheet = place.sheet, let field = place.field else { continue }
            verdicts.replacements += names.map { name, rows in
                Replacement(sheet: sheet, field: field, source: .text(name), rows: rows)
            }
        }
        return RecordValues(storeAsItCame, verdicts, of: definition)
    }
}
