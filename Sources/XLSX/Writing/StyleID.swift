/// A style that a workbook has: a number to hand to every cell.
package struct StyleID: Hashable, Sendable {
    let index: UInt32

    /// The style of a cell without any.
    package static let plain = StyleID(index: 0)
}
