import Validation

/// What the rows of a workbook are called, to find out which upload it is another try of.
struct UploadedRows {
    private struct Number: Hashable {
        let sheet: String
        let number: Int
    }

    private var names = RowNames()
    private var numbers: Set<Number> = []
    private var count = 0

    init(_ question: KnownQuestion) {
        question.forEachRow { sheet, key, number in
            count += 1
            names.add(key, ofSheet: sheet)
            if let number { numbers.insert(Number(sheet: sheet, number: number)) }
        }
    }

    /// How many rows it shares with an earlier try; 0 for one that it has nothing to do with.
    ///
    /// A workbook that came back has rows to fix of that try and no others. Somebody's own sheet,
    /// put right, shares half its rows, and one of those to fix. A workbook that merely asks for
    /// something else for the same customers is a new upload.
    ///
    /// - Parameter knownCount: how many records that the rows ask for were made or changed by it.
    func likeness(to files: KeptFiles, knownCount: Int) throws -> Int {
        var toFix = 0
        var missing = numbers
        do {
            try files.forEachReturn { row in
                guard row.isRejected else { return }
                if !missing.isEmpty {
                    missing.remove(Number(sheet: row.sheet, number: row.originalRowNumber))
                }
                if names.contains(row.key, ofSheet: row.sheet) { toFix += 1 }
            }
        } catch let error as LedgerError where error.problem == .unreadable {
            // Its files are gone: nobody comes back to it.
            return 0
        }
        if !numbers.isEmpty { return missing.isEmpty ? numbers.count : 0 }
        let shared = toFix + knownCount
        return toFix > 0 && shared * 2 >= count ? shared : 0
    }
}
