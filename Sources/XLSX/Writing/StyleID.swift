import XML

/// A style that a workbook has: a number to hand to every cell.
package struct StyleID: Hashable, Sendable {
    let index: UInt32

    /// The number as the file writes it.
    var digits: PackedText { PackedText(Int(index)) ?? PackedText() }

    /// The style of a cell without any.
    package static let plain = StyleID(index: 0)
}
