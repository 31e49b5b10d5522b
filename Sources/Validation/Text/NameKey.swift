/// The one normal form of a name: names are the same when their keys are.
///
/// Trimmed, NFC, full case folding (Unicode §3.13 `toCasefold`, composed of the standard library's
/// case mappings so that `ß`, `ẞ` and `ss` agree), as UTF-8 bytes.
package enum NameKey {
    /// Counts up with every change of what keys are made like: those that were kept are made anew.
    static let version = 2

    /// Hands out the key of a name.
    ///
    /// - Complexity: O(length); no allocation for short ASCII.
    @inline(__always)
    static func with<Result>(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let text = Trimming.trimmed(text)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { room in
            if lowerCase(text, into: room) { return body(UnsafeBufferPointer(room)) }
            var folded = folded(String(decoding: text, as: UTF8.self))
            return folded.withUTF8(body)
        }
    }

    package static func append(_ text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        with(text) { key.append(contentsOf: $0) }
    }

    /// - Returns: false when the text is not ASCII; what is in `room` is nothing then.
    private static func lowerCase(
        _ text: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        var all: UInt8 = 0
        for index in 0..<text.count {
            let byte = text[index]
            all |= byte
            room[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        }
        return all < 0x80
    }

    /// The key of a name by its bytes.
    static func bytes(of text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let text = Trimming.trimmed(text)
        var isASCII = true
        let key = [UInt8](unsafeUninitializedCapacity: text.count) { room, count in
            isASCII = lowerCase(text, into: room)
            count = text.count
        }
        return isASCII ? key : Array(folded(String(decoding: text, as: UTF8.self)).utf8)
    }

    /// The key of a name.
    package static func bytes(of text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes(of: $0) }
    }

    private static func folded(_ text: String) -> String {
        // Folding leaves the dotless ı alone; its upper case would come back as i.
        text.composed
            .split(separator: "ı", omittingEmptySubsequences: false)
            .map { $0.lowercased().uppercased().lowercased() }
            .joined(separator: "ı")
            .composed
    }
}
