import XLSX

/// The number formats that stored cells have, each once.
struct NumberFormatTable {
    /// The general format first, as an empty code.
    private(set) var codes = [""]
    private let styles: CellStyles
    private var positions: [UInt16: UInt16] = [:]

    init(_ styles: CellStyles) { self.styles = styles }

    /// The position in `codes` of a style's format.
    mutating func position(ofStyle style: UInt16) -> UInt16 {
        if let position = positions[style] { return position }
        let code = styles.numberFormatCode(at: style)
        let known = codes.firstIndex(of: code == "General" ? "" : code)
        if known == nil { codes.append(code) }
        let position = UInt16(clamping: known ?? codes.count - 1)
        positions[style] = position
        return position
    }
}
