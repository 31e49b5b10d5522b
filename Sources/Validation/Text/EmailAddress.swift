/// E-mail addresses: which texts are one, and when two are the same.
///
/// ASCII local part of RFC 5321 dot-string characters; the domain as A-labels (RFC 5890). Quoted
/// local parts and address literals are refused: no portal takes them.
package enum EmailAddress {
    /// Why a text is no address.
    enum Failure: Equatable {
        /// Not of the form name@domain.
        case malformed
        /// More than one address.
        case several
    }

    /// Longest address (RFC 5321 §4.5.3.1.3 less the angle brackets), local part and label, in
    /// bytes.
    static let sizeMax = 254
    static let localSizeMax = 64
    static let labelSizeMax = 63

    /// Why a trimmed text is no address; nil when it is one.
    ///
    /// - Complexity: O(length).
    static func failure(of text: UnsafeBufferPointer<UInt8>) -> Failure? {
        if isAddress(text) { return nil }
        return addresses(in: text).count > 1 ? .several : .malformed
    }

    /// Appends the key of a trimmed address: lower case throughout, the domain as A-labels.
    ///
    /// - Returns: false when the text is no address; nothing was appended then.
    static func appendKey(of text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) -> Bool {
        if isPlain(text) {
            NameKey.append(text, to: &key)
            return true
        }
        guard let plain = plainForm(of: text) else { return false }
        return plain.withUnsafeBufferPointer { appendKey(of: $0, to: &key) }
    }

    /// Makes of an address's key the one that all addresses of its mailbox have at most mail
    /// providers: without a plus tag and without dots in the local part.
    ///
    /// - Parameter start: where the address begins in `key`.
    static func reduceToMailbox(_ key: inout [UInt8], from start: Int) {
        let at = key[start...].firstIndex(of: 0x40) ?? key.endIndex
        let local = key[start..<at].prefix { $0 != 0x2B }.filter { $0 != 0x2E }
        key.replaceSubrange(start..<at, with: local)
    }

    /// The one address somebody surely meant by `Ann Lee <ann@acme.example>` or `mailto:ann@…`.
    static func suggestion(for text: String) -> String? {
        var text = text
        return text.withUTF8 { text in
            let found = addresses(in: text)
            guard found.count == 1, let address = found.first else { return nil }
            let before = text[..<address.startIndex]
            let after = text[address.endIndex...]
            let isBracketed = before.contains(0x3C) && after.contains(0x3E)
            guard isBracketed || isScheme(before) && after.isEmpty else { return nil }
            return String(decoding: address, as: UTF8.self)
        }
    }
}

// What an address is.
extension EmailAddress {
    private static func isAddress(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        isPlain(text) || plainForm(of: text) != nil
    }

    /// Whether a text is an ASCII address. No allocation.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= sizeMax, let local = localPartSize(text) else { return false }
        return isDomain(text, from: local + 1)
    }

    /// An address with an international domain as an ASCII one; nil for everything else.
    private static func plainForm(of text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard text.contains(where: { $0 >= 0x80 }), let at = text.lastIndex(of: 0x40) else {
            return nil
        }
        let domain = String(decoding: text[(at + 1)...], as: UTF8.self)
        guard let ascii = InternationalDomain.ascii(domain) else { return nil }
        let whole = Array(text[...at]) + Array(ascii.utf8)
        return whole.withUnsafeBufferPointer(isPlain) ? whole : nil
    }

    /// Where the `@` stands, when there is one and all before it is a local part.
    private static func localPartSize(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var previous: UInt8 = 0x2E
        for index in 0..<min(text.count, localSizeMax + 1) {
            let byte = text[index]
            if byte == 0x40 { return previous == 0x2E ? nil : index }
            guard isAtomText(byte), !(byte == 0x2E && previous == 0x2E) else { return nil }
            previous = byte
        }
        return nil
    }

    /// Two labels at least, each of letters, digits and inner hyphens; the last has a letter.
    private static func isDomain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var labelSize = 0
        var labelCount = 1
        var hasLetter = false
        var previous: UInt8 = 0x2E
        for index in start..<text.count {
            let byte = text[index]
            if byte == 0x2E {
                guard labelSize > 0, previous != 0x2D else { return false }
                (labelSize, labelCount, hasLetter) = (0, labelCount + 1, false)
            } else {
                let isLetter = (byte | 0x20) &- 0x61 < 26
                guard isLetter || byte &- 0x30 < 10 || byte == 0x2D && labelSize > 0 else {
                    return false
                }
                hasLetter = hasLetter || isLetter
                labelSize += 1
                guard labelSize <= labelSizeMax else { return false }
            }
            previous = byte
        }
        return labelCount > 1 && labelSize > 0 && hasLetter && previous != 0x2D
    }

    /// RFC 5322 §3.2.3 `atext`, and the dot.
    @inline(__always)
    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"),
            UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

// Addresses in a longer text.
extension EmailAddress {
    private static let separators = Set(";, \t\n<>/|()\"".utf8)
    private static let scheme = Array("mailto:".utf8)

    /// The addresses among the words of a text.
    private static func addresses(
        in text: UnsafeBufferPointer<UInt8>
    ) -> [Slice<UnsafeBufferPointer<UInt8>>] {
        text.split { separators.contains($0) }
            .map { isScheme($0.prefix(scheme.count)) ? $0.dropFirst(scheme.count) : $0 }
            .filter { isAddress(UnsafeBufferPointer(rebasing: $0)) }
    }

    private static func isScheme(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        text.count == scheme.count && zip(text, scheme).allSatisfy { $0 | 0x20 == $1 }
    }
}
