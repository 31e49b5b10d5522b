import Spreadsheet

/// What the hidden row key of a rejected workbook says: which row it was, and what stood in the
/// cells that got a suggestion, so that a later upload sees whether somebody typed something else
/// since.
///
/// Text form: `rk1;14;email=1f0c92aa;platform=811c9dc5`.
package struct RowKey: Sendable, Equatable {
    /// The row's number in the workbook that was uploaded first.
    package var originalRowNumber: Int
    /// Digest of the cell's text by field id, in the order in which they were added.
    package private(set) var digests: [(field: String, digest: UInt32)] = []

    package init(originalRowNumber: Int) { self.originalRowNumber = originalRowNumber }

    /// Reads the text form; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "rk1", let number = Int(parts[1]),
            1...GridLimits.rowCountMax ~= number
        else { return nil }
        originalRowNumber = number
        for part in parts.dropFirst(2) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let digest = UInt32(pair[1], radix: 16) else { return nil }
            digests.append((String(pair[0]), digest))
        }
    }

    /// Remembers what stands in a cell now.
    package mutating func remember(_ text: String, field: String) {
        digests.append((field, Self.digest(text)))
    }

    /// Whether a cell still has the text that was remembered for its field.
    package func stillHas(_ text: String, field: String) -> Bool {
        digests.contains { $0.field == field && $0.digest == Self.digest(text) }
    }

    package var text: String {
        (["rk1", "\(originalRowNumber)"]
            + digests.map { "\($0.field)=\(String($0.digest, radix: 16))" }).joined(separator: ";")
    }

    /// FNV-1a over the trimmed text; 32 bits tell "changed" from "not" well enough for one cell.
    private static func digest(_ text: String) -> UInt32 {
        Trimming.trimmed(text).utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    package static func == (left: RowKey, right: RowKey) -> Bool { left.text == right.text }
}
