/// The styles of a workbook, each once.
///
/// A class because the workbook and the sheet being written share it.
final class StyleTable {
    /// Cell styles that Excel takes (Excel specifications: 65,490).
    static let countMax = 65_490

    private(set) var cellStyles: [CellStyle] = []
    /// Styles of conditional formats, by `dxfId`.
    private(set) var differentialStyles: [CellStyle] = []
    private var ids: [CellStyle: StyleID] = [:]
    /// For each style the same one with a quote prefix, once it was asked for.
    private var quotedIDs: [StyleID?] = []

    init() {
        _ = id(of: .plain)
    }

    /// The id of a style; a style too many is plain.
    func id(of style: CellStyle) -> StyleID {
        if let id = ids[style] { return id }
        guard cellStyles.count < Self.countMax else { return .plain }
        let id = StyleID(index: UInt32(cellStyles.count))
        cellStyles.append(style)
        quotedIDs.append(style.hasQuotePrefix ? id : nil)
        ids[style] = id
        return id
    }

    /// The style for a text that starts like a formula: the same, with a quote prefix.
    func quoted(_ id: StyleID) -> StyleID {
        let index = Int(id.index)
        if let quoted = quotedIDs[index] { return quoted }
        let quoted = self.id(of: cellStyles[index].with { $0.hasQuotePrefix = true })
        quotedIDs[index] = quoted
        return quoted
    }

    /// The `dxfId` of a conditional format's style.
    func differentialIndex(of style: CellStyle) -> Int {
        if let index = differentialStyles.firstIndex(of: style) { return index }
        differentialStyles.append(style)
        return differentialStyles.count - 1
    }
}
