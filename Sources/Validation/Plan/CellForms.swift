/// What each cell of a column is, by row; two to a byte, as a large sheet has millions.
struct CellForms: Sendable {
    private var pairs: [UInt8]
    let count: Int

    /// All blank.
    init(count: Int) {
        pairs = Array(repeating: 0, count: (count + 1) / 2)
        self.count = count
    }

    var indices: Range<Int> { 0..<count }

    subscript(row: Int) -> CellForm {
        @inline(__always)
        get { CellForm(rawValue: pairs[row >> 1] >> Self.shift(row) & 0x0F) ?? .blank }
        @inline(__always)
        set {
            let others = pairs[row >> 1] & ~(0x0F << Self.shift(row))
            pairs[row >> 1] = others | newValue.rawValue << Self.shift(row)
        }
    }

    @inline(__always)
    private static func shift(_ row: Int) -> UInt8 { row & 1 == 0 ? 0 : 4 }
}
