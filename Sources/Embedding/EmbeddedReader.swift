/// Reads a data file of ours as the build wrote it into the binary.
///
/// What `EmbeddedWriter` wrote is read: there is no other writer, so nothing is checked beyond what
/// Swift checks, and damage is a mistake of ours that stops the program.
///
/// - Complexity: O(bytes); YAML itself takes twenty times as long.
package struct EmbeddedReader {
    private let bytes: [UInt8]
    private var index = 0

    package init(_ text: String) { bytes = Array(text.utf8) }

    /// The next value; of a list or a table, the values in it are next.
    package mutating func next() -> EmbeddedToken {
        let mark = bytes[index]
        var count = 0
        index += 1
        while bytes[index] != EmbeddedToken.colon {
            count = count * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        index += 1
        switch mark {
        case EmbeddedToken.plainMark: return .plain(text(size: count))
        case EmbeddedToken.quotedMark: return .quoted(text(size: count))
        case EmbeddedToken.listMark: return .list(count: count)
        default: return .table(count: count)
        }
    }

    /// The next value where that is a text, as the names in a table are; else nil.
    package mutating func nextText() -> String? { next().text }

    /// Passes over the next value with all that is in it.
    package mutating func skip() {
        switch next() {
        case .plain, .quoted: break
        case .list(let count): for _ in 0..<count { skip() }
        case .table(let count): for _ in 0..<(2 * count) { skip() }
        }
    }

    private mutating func text(size: Int) -> String {
        defer { index += size }
        return String(decoding: bytes[index..<(index + size)], as: UTF8.self)
    }
}
