/// Stops a tag that is too long before libxml2 sees its end, as libxml2 takes quadratic time for
/// one and calls back only then.
///
/// A `<` stands nowhere but at the beginning of markup or inside comments, so two of them lie
/// closer than a chunk's length everywhere but around the chunk's edges: only what stands before
/// its first and after its last `<` is scanned, a few dozen bytes a chunk. `>` may stand inside
/// attribute values, so quotes are minded.
struct XMLTagGuard {
    private enum Place {
        case text, opening, tag, section
        case quoted(UInt8)
    }

    private let limits: XMLLimits
    private var place = Place.text
    /// Bytes since the last `<`, which is counted; of a tag until its `>`, which is counted too.
    private var size = 0

    init(limits: XMLLimits) { self.limits = limits }

    /// Looks at the next bytes: false when they make a tag or section too long.
    ///
    /// - Parameter bytes: at most `limits.tagSizeBytesMax`.
    mutating func accepts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.firstIndex(of: 0x3C), let last = bytes.lastIndex(of: 0x3C) else {
            return scan(bytes[...])
        }
        guard scan(bytes[..<first]) else { return false }
        place = .opening
        size = 1
        return scan(bytes[(last + 1)...])
    }

    /// Goes on over bytes without `<`.
    private mutating func scan(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        for (index, byte) in bytes.enumerated() {
            switch place {
            case .text: return true
            case .section:
                size += bytes.count - index
                return size <= limits.sectionSizeBytesMax
            case .opening, .tag, .quoted:
                size += 1
                step(over: byte)
                if size > limits.tagSizeBytesMax { return false }
            }
        }
        return true
    }

    private mutating func step(over byte: UInt8) {
        switch place {
        case .opening where byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"):
            place = .section
        case .opening, .tag:
            switch byte {
            case UInt8(ascii: ">"): place = .text
            case UInt8(ascii: "\""), UInt8(ascii: "'"): place = .quoted(byte)
            default: place = .tag
            }
        case .quoted(let quote) where byte == quote: place = .tag
        case .quoted, .text, .section: break
        }
    }
}
