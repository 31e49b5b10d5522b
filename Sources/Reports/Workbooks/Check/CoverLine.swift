import Catalogue
import Spreadsheet
import XLSX

/// The line on the cover that says how far a data sheet is: a formula over its `Check` column.
struct CoverLine {
    let checks: LiveChecks
    let sheetName: SheetName
    let checkColumn: Int
    let messages: Messages
    /// Said before the line when the workbook has several data sheets; else empty.
    let prefix: String

    /// How many rows are filled in and wrong, and what lies below the live checks.
    struct Count {
        var filled = 0
        var wrong = 0
        /// Row number of the first wrong row; 0 for none.
        var firstWrong = 0
        var hasMore = false

        /// Counts one row by what its `Check` says.
        mutating func add(_ check: String, rowNumber: Int, allRight: String) {
            if check.isEmpty { return }
            filled += 1
            if check == allRight { return }
            wrong += 1
            if firstWrong == 0 { firstWrong = rowNumber }
        }
    }

    var formula: Formula {
        let range = checkCells
        let ok: Formula = "\(text: checks.words.allRight)"
        let filled: Formula = "COUNTIF(\(range),\"?*\")"
        let wrong: Formula = "(\(filled)-COUNTIF(\(range),\(ok)))"
        let beyond: Formula = "10000000*(((LEN(\(range))=0)+(\(range)=\(ok)))>0)"
        let first: Formula = "SUMPRODUCT(MIN(ROW(\(range))+\(beyond)))"
        let values: [LiveSentence.Slot: Formula] = [.count: wrong, .row: first]
        let tells: Formula = """
            IF(\(filled)=0,\(empty.formula()),IF(\(wrong)=0,\
            IF(\(filled)=1,\(onlyRight.formula()),\(allRight.formula([.count: filled]))),\
            IF(\(wrong)=1,\(oneWrong.formula(values)),\(someWrong.formula(values)))))
            """
        return "\(text: prefix)&\(tells)&IF(COUNTA(\(cellsBelow))>0,\(more.formula()),\"\")"
    }

    func text(_ count: Count) -> String {
        prefix + line(count) + (count.hasMore ? more.text() : "")
    }

    private func line(_ count: Count) -> String {
        if count.filled == 0 { return empty.text() }
        if count.wrong == 0 {
            return count.filled == 1
                ? onlyRight.text() : allRight.text([.count: String(count.filled)])
        }
        let sentence = count.wrong == 1 ? oneWrong : someWrong
        return sentence.text([.count: String(count.wrong), .row: String(count.firstWrong)])
    }

    /// Whether a cell that holds the line says that something is wrong.
    func isWrong(_ cell: CellReference) -> Formula {
        let finds = [oneWrong, someWrong].map { sentence -> Formula in
            "ISNUMBER(FIND(\(text: sentence.longestText),\(fixed: cell)))"
        }
        return "OR(\(finds[0]),\(finds[1]))"
    }

    /// Whether a cell that holds the line says that nothing is filled in.
    func isEmpty(_ cell: CellReference) -> Formula {
        "ISNUMBER(FIND(\(text: empty.longestText),\(fixed: cell)))"
    }

    /// All cells with a live check, counted from the header, which no deletion of rows moves.
    /// Ranges written out would shrink, and whole columns make LibreOffice slow.
    private var checkCells: Formula {
        "OFFSET(\(header(checkColumn)),1,0,\(LiveChecks.rowCountMax),1)"
    }

    private var cellsBelow: Formula {
        let first = checks.columns.min() ?? 0
        let titles = CellRange(rows: 0...0, columns: first...(checks.columns.max() ?? first))
        let count: Formula = "COLUMNS(\(sheetName)\(fixed: titles))"
        let checked = LiveChecks.rowCountMax + 1
        let rest = GridLimits.rowCountMax - checked
        return "OFFSET(\(header(first)),\(checked),0,\(rest),\(count))"
    }

    private func header(_ column: Int) -> Formula {
        "\(sheetName)\(fixed: CellReference(rowIndex: 0, columnIndex: column))"
    }

    private var empty: LiveSentence { sentence("cover.empty") }
    private var onlyRight: LiveSentence { sentence("cover.all_ready", count: "1") }
    private var allRight: LiveSentence { sentence("cover.all_ready") }
    private var oneWrong: LiveSentence { sentence("cover.wrong", count: "1") }
    private var someWrong: LiveSentence { sentence("cover.wrong") }
    private var more: LiveSentence {
        LiveSentence(
            " " + messages.fragment("cover.more", ["row": String(LiveChecks.rowCountMax + 1)]))
    }

    private func sentence(
        _ id: String, count: String = LiveSentence.Slot.count.mark
    ) -> LiveSentence {
        LiveSentence(
            messages.fragment(id, ["count": count, "row": LiveSentence.Slot.row.mark]))
    }
}
