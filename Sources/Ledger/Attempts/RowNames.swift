import Validation

/// What rows are called: their keys, under the ids of their sheets.
struct RowNames {
    private var keys = KeyTable()

    mutating func add(_ key: [UInt8], ofSheet sheet: String) {
        keys.add(Self.name(key, sheet))
    }

    func contains(_ key: [UInt8], ofSheet sheet: String) -> Bool {
        keys.position(of: Self.name(key, sheet)) != nil
    }

    private static func name(_ key: [UInt8], _ sheet: String) -> [UInt8] {
        Array(sheet.utf8) + [0] + key
    }
}

extension RowNames {
    /// Those of a workbook.
    init(_ question: KnownQuestion) {
        question.forEachRow { sheet, key, _ in add(key, ofSheet: sheet) }
    }

    /// Those of an attempt that were accepted.
    init(acceptedOf files: KeptFiles) throws {
        try files.forEachRow { row in
            if row.isAccepted { add(row.key, ofSheet: row.sheet) }
        }
    }
}
