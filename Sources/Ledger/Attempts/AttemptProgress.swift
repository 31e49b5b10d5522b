import Portals
package import Validation

/// What became of the rows that were to fix in an earlier try of an upload.
package struct AttemptProgress: Sendable, Equatable {
    package private(set) var fixed = 0
    package private(set) var stillWrong = 0
    /// Rows that are to fix now and were not, or were not there.
    package private(set) var newlyWrong = 0
    /// Rows that were to fix and are not there any more.
    package private(set) var gone = 0

    /// - Returns: nil when the files of the earlier try are gone.
    package init?(since files: KeptFiles, _ values: RecordValues) throws {
        try self.init(sinceReturnsAt: files.returnsPath, values)
    }

    /// - Parameter path: of what `KeptFiles` wrote of the rows of the earlier try.
    /// - Returns: nil when that is gone.
    package init?(sinceReturnsAt path: String, _ values: RecordValues) throws {
        let now = CurrentRows(values)
        var seen: Set<RowPlace> = []
        do {
            try KeptFiles.forEachRow(in: path) { row in
                guard row.isRejected else { return }
                guard let place = now.place(of: row) else {
                    gone += 1
                    return
                }
                seen.insert(place)
                if values.verdicts.states[place.sheet][place.row] == .rejected {
                    stillWrong += 1
                } else {
                    fixed += 1
                }
            }
        } catch let error as LedgerError where error.problem == .unreadable {
            return nil
        }
        for (sheet, states) in values.verdicts.states.enumerated() {
            for (row, state) in states.enumerated() where state == .rejected {
                if !seen.contains(RowPlace(sheet: sheet, row: row)) { newlyWrong += 1 }
            }
        }
    }
}

private struct RowPlace: Hashable {
    /// Position in the store.
    let sheet: Int
    let row: Int
}

/// Where rows of an earlier try are now: by what they are called; those whose names were at fault,
/// by the row that they were in.
private struct CurrentRows {
    private var byKey: [String: [[UInt8]: Int]] = [:]
    private var byNumber: [String: [Int: Int]] = [:]
    private var positions: [String: Int] = [:]
    /// Sheets whose rows say themselves which ones they were.
    private var numbered: Set<String> = []

    init(_ values: RecordValues) {
        for (position, store) in values.store.sheets.enumerated() {
            let sheet = values.definition.sheets[store.definitionIndex]
            let fields = sheet.key.compactMap { sheet.fieldIndex($0) }
            var (keys, numbers): ([[UInt8]: Int], [Int: Int]) = ([:], [:])
            for row in 0..<store.rowCount {
                let key = values.key(sheet: position, row: row, fields: fields)
                if !key.isEmpty { keys[key] = row }
                numbers[store.originalRowNumber(row)] = row
            }
            if store.hasComeBack { numbered.insert(sheet.id) }
            positions[sheet.id] = position
            byKey[sheet.id] = keys
            byNumber[sheet.id] = numbers
        }
    }

    func place(of row: KeptRow) -> RowPlace? {
        let byNumber = byNumber[row.sheet]?[row.originalRowNumber]
        let byKey = byKey[row.sheet]?[row.key]
        guard let position = positions[row.sheet],
            let found = numbered.contains(row.sheet) ? byNumber : byKey ?? byNumber
        else { return nil }
        return RowPlace(sheet: position, row: found)
    }
}
