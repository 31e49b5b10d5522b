/// How one column of a worksheet looks.
package struct ColumnOptions: Sendable {
    /// In characters of the standard font, up to 255; nil for the reader's own.
    package var width: Double?
    package var isHidden: Bool
    /// The style of cells that are not written; written ones bring their own.
    package var style: StyleID

    package init(width: Double? = nil, isHidden: Bool = false, style: StyleID = .plain) {
        self.width = width.map { min(max($0, 0), 255) }
        self.isHidden = isHidden
        self.style = style
    }
}
