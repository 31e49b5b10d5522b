import Foundation

/// The one normal form of a name: names are the same when their keys are.
///
/// Trimmed, NFC, full case folding (Unicode §3.13 `toCasefold`, composed of the standard library's
/// case mappings so that `ß`, `ẞ` and `ss` agree), as UTF-8 bytes.
package enum NameKey {
    /// - Complexity: O(length); no allocation for ASCII beyond the buffer's growth.
    package static func append(_ text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        let text = Trimming.trimmed(text)
        let start = key.count
        for byte in text {
            guard byte < 0x80 else {
                key.removeSubrange(start...)
                key.append(contentsOf: folded(String(decoding: text, as: UTF8.self)).utf8)
                return
            }
            key.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
    }

    /// The key of a name.
    package static func bytes(of text: String) -> [UInt8] {
        var text = text
        var key: [UInt8] = []
        text.withUTF8 { append($0, to: &key) }
        return key
    }

    private static func folded(_ text: String) -> String {
        // Folding leaves the dotless ı alone; its upper case would come back as i.
        text.precomposedStringWithCanonicalMapping
            .split(separator: "ı", omittingEmptySubsequences: false)
            .map { $0.lowercased().uppercased().lowercased() }
            .joined(separator: "ı")
            .precomposedStringWithCanonicalMapping
    }
}
