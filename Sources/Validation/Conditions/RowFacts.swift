import Portals

/// What conditions may ask about rows, and about the records they refer to.
protocol RowFacts {
    var store: RowStore { get }
    var links: RecordLinks { get }
    var settings: Settings { get }
    /// By the Definition's id.
    var directories: [String: Directory] { get }

    /// - Parameter sheet: position in the store.
    func column(sheet: Int, field: Int) -> CellColumn

    /// - Parameter sheet: position in the store.
    func action(sheet: Int, row: Int) -> Action
}

extension RowFacts {
    /// Whether a row asks for one of some actions, or another row about the same record.
    func asks(_ target: LinkTarget, for actions: ActionSet) -> Bool {
        if target.isKnown { return false }
        if actions.contains(action(sheet: target.sheet, row: target.index)) { return true }
        return links.fellows(of: target).contains {
            actions.contains(action(sheet: $0.sheet, row: $0.index))
        }
    }

    /// The row that says what a field of a target will be: itself unless its cell is blank and
    /// another row about the same record says something.
    func row(saying field: Int, of target: LinkTarget) -> LinkTarget {
        if !column(sheet: target.sheet, field: field).isBlank(target.index) { return target }
        return links.fellows(of: target).first { other in
            action(sheet: other.sheet, row: other.index).givesValues
                && !column(sheet: other.sheet, field: field).isBlank(other.index)
        } ?? target
    }

    /// Hands out what a field of a target says once the workbook is taken: the trimmed text of the
    /// cell, nothing for the word that empties it, or, where it is blank, the value that is known.
    func withState<Result>(
        of target: LinkTarget, field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let row =
            target.isKnown || links.groups.isEmpty ? target : row(saying: field, of: target)
        if !row.isKnown {
            let column = column(sheet: row.sheet, field: field)
            // Handed out in one place: each would count what the caller's closure holds.
            if !column.isBlank(row.index) {
                return column.withText(row.index) { body(Self.cleared($0)) }
            }
        }
        let record =
            target.isKnown
            ? links.records[target.sheet][target.index]
            : links.record(sheet: target.sheet, row: target.index)
        var value = record?.values[field] ?? ""
        return value.withUTF8(body)
    }

    @inline(__always)
    private static func cleared(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        text.first == 0x28 && text.elementsEqual(Action.clearWord.utf8)
            ? UnsafeBufferPointer(rebasing: text[..<0]) : text
    }
}
