package import Portals

/// What judging some rows must know of records: the keys it asks for, handed out one by one.
///
/// Whoever answers looks up each key, then what the records found lead to (`lookups(following:)`),
/// until nothing new is found. More may be answered; it changes nothing.
package struct KnownQuestion: Sendable {
    private let store: RowStore
    package let definition: Definition
    package let indexes: RecordIndexes

    init(_ store: RowStore, _ definition: Definition, _ indexes: RecordIndexes) {
        self.store = store
        self.definition = definition
        self.indexes = indexes
    }

    /// Hands out every key that a row names, its own, those of values that only one record may
    /// have, and of what it refers to. One may come again.
    ///
    /// - Parameter filled: what any record is found by; of all else no key need be made.
    package func forEachLookup(
        in filled: [RecordIndex], _ body: (RecordIndex, [UInt8]) throws -> Void
    ) rethrows {
        var key: [UInt8] = []
        for (position, sheet) in store.sheets.enumerated() {
            for (fields, all) in questions(ofSheet: sheet.definitionIndex) {
                let targets = all.filter { filled.contains($0) }
                guard let first = all.first, !targets.isEmpty else { continue }
                let reader = KeyReader(store, sheet: position, fields: fields, types: first.types)
                for row in sheet.judgedRows where reader.isFilled(row) {
                    reader.key(row, into: &key)
                    for target in targets { try body(target, key) }
                }
            }
        }
    }

    /// Hands out the key of every row, and the number that it had in a workbook before it came
    /// back; nil for one that did not.
    package func forEachRow(
        _ body: (_ sheet: String, _ key: [UInt8], _ originalRowNumber: Int?) -> Void
    ) {
        var key: [UInt8] = []
        for (position, sheet) in store.sheets.enumerated() {
            let own = definition.sheets[sheet.definitionIndex]
            let reader = KeyReader(store, sheet: position, fields: own.keyFields, own)
            for row in sheet.judgedRows {
                reader.key(row, into: &key)
                body(own.id, key, sheet.hasComeBack ? sheet.originalRowNumber(row) : nil)
            }
        }
    }

    /// Hands out the ids that rows were exported with.
    package func forEachID(_ body: (_ sheet: Int, _ id: String) throws -> Void) rethrows {
        for (position, sheet) in store.sheets.enumerated() where sheet.hasIDs {
            for row in sheet.judgedRows {
                guard let id = store.id(sheet: position, row: row) else { continue }
                try body(sheet.definitionIndex, id)
            }
        }
    }

    /// Hands out the rows that may give records other names: the ids they were exported with, and
    /// the keys they have.
    package func forEachRenaming(
        _ body: (_ sheet: Int, _ id: String, _ key: [UInt8]) throws -> Void
    ) rethrows {
        var key: [UInt8] = []
        for (position, sheet) in store.sheets.enumerated() where sheet.hasIDs {
            let own = definition.sheets[sheet.definitionIndex]
            if own.renamed.isEmpty { continue }
            let reader = KeyReader(store, sheet: position, fields: own.keyFields, own)
            for row in sheet.judgedRows where reader.isFilled(row) {
                guard let id = store.id(sheet: position, row: row) else { continue }
                reader.key(row, into: &key)
                try body(sheet.definitionIndex, id, key)
            }
        }
    }

    /// What leads to the records that say a record's name.
    ///
    /// - Parameter sheet: the record's, by its index in the Definition.
    package func lookups(
        naming record: KnownRecord, ofSheet sheet: Int
    ) -> [(index: RecordIndex, key: [UInt8])] {
        indexes.following.flatMap { reference in
            reference.targets.filter { $0.sheet == sheet }.compactMap { target in
                target.key(of: record).map { (reference.index, $0) }
            }
        }
    }

    /// What a record that was found leads to: what it refers to, and what rules count under it.
    ///
    /// - Parameter sheet: the record's, by its index in the Definition.
    package func lookups(
        following record: KnownRecord, ofSheet sheet: Int
    ) -> [(index: RecordIndex, key: [UInt8])] {
        var lookups = indexes.parents(of: record, ofSheet: sheet)
        for reference in indexes.counted {
            for target in reference.targets where target.sheet == sheet {
                if let key = target.key(of: record) { lookups.append((reference.index, key)) }
            }
        }
        return lookups
    }

    /// Fields of a sheet's rows, with what they are looked for in.
    private func questions(ofSheet sheet: Int) -> [(fields: [Int], targets: [RecordIndex])] {
        let own = indexes.ofSheets[sheet].filter { index in
            !(indexes.counted + indexes.following).contains { $0.index == index }
                && !indexes.joining.contains(index)
        }
        return own.map { ($0.fields, [$0]) }
            + indexes.ofOthers[sheet].map { ($0.fields, [$0.target]) }
            + indexes.references[sheet].map { ($0.index.fields, $0.targets) }
    }
}

extension ValidationPlan {
    /// What must be known before some rows can be judged.
    package func question(about store: RowStore) -> KnownQuestion {
        KnownQuestion(store, definition, recordIndexes)
    }
}
