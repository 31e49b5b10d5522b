/// What a row refers to: a row of the workbook, or a record that was known before.
package struct LinkTarget: Hashable, Sendable {
    /// 0 is nothing; else from the top: 1 bit set, 1 bit for a known record, 14 bits sheet, 48
    /// index.
    fileprivate let packed: UInt64

    private init(isKnown: Bool, sheet: Int, index: Int) {
        packed =
            1 << 63 | (isKnown ? 1 << 62 : 0) | UInt64(truncatingIfNeeded: sheet) << 48
            | UInt64(truncatingIfNeeded: index)
    }

    /// - Parameter sheet: position in the store.
    package static func row(_ row: Int, sheet: Int) -> LinkTarget {
        LinkTarget(isKnown: false, sheet: sheet, index: row)
    }

    /// - Parameter sheet: index in the Definition.
    package static func record(_ record: Int, sheet: Int) -> LinkTarget {
        LinkTarget(isKnown: true, sheet: sheet, index: record)
    }

    /// Whether it is a known record, and no row of the workbook is about it.
    package var isKnown: Bool { packed & 1 << 62 != 0 }
    /// Position in the store for a row, index in the Definition for a known record.
    package var sheet: Int { Int(packed >> 48 & 0x3FFF) }
    /// The row, or the position among the sheet's known records.
    package var index: Int { Int(packed & 0xFFFF_FFFF_FFFF) }
}

extension LinkTarget: Comparable {
    /// Rows before known records, then by sheet, then from the top down.
    package static func < (left: LinkTarget, right: LinkTarget) -> Bool {
        left.packed < right.packed
    }
}

/// One target a row: a word each.
struct LinkColumn: Sendable {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: count) }

    subscript(row: Int) -> LinkTarget? {
        get {
            let word = words[row]
            return word == 0 ? nil : LinkTarget(packed: word)
        }
        set { words[row] = newValue?.packed ?? 0 }
    }

    /// Lets every target be another one, or nothing.
    mutating func redirect(_ other: (LinkTarget) -> LinkTarget?) {
        for row in words.indices where words[row] != 0 {
            words[row] = other(LinkTarget(packed: words[row]))?.packed ?? 0
        }
    }
}

extension LinkTarget {
    fileprivate init(packed: UInt64) { self.packed = packed }
}
