import XLSX

/// The number formats that stored cells have, each once.
struct NumberFormatTable {
    /// The general format first, as an empty code.
    private(set) var codes = [""]
    let styles: CellStyles
    private var positions: [UInt16: UInt16] = [:]
    /// What was asked last: neighbours in a column have one style.
    private var last: (style: UInt16, position: UInt16)?
    private var positionsByCode: [String: UInt16] = ["": 0, "General": 0]

    init(_ styles: CellStyles) { self.styles = styles }

    /// The position in `codes` of a style's format.
    mutating func position(ofStyle style: UInt16) -> UInt16 {
        if let last, last.style == style { return last.position }
        let position = find(style)
        last = (style, position)
        return position
    }

    private mutating func find(_ style: UInt16) -> UInt16 {
        if let position = positions[style] { return position }
        let code = styles.numberFormatCode(at: style)
        let position = positionsByCode[code] ?? UInt16(clamping: codes.count)
        if position == codes.count { codes.append(code) }
        positionsByCode[code] = position
        positions[style] = position
        return position
    }
}
