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
    /// - Returns: false, and nothing appended, when the text is no address.
    static func appendKey(of text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) -> Bool {
        if isPlain(text) {
            NameKey.append(text, to: &key)
            return true
        }
        guard let plain = plainForm(of: text) else { return false }
        plain.withUnsafeBufferPointer { NameKey.append($0, to: &key) }
        return true
    }

    /// A domain that is made to look like another.
    struct Deception {
        /// The domain as mail servers see it.
        var ascii: String
        /// The domain it looks like; nil when a label mixes scripts, which may look like anything.
        var lookalike: String?
    }

    /// How the domain of an address deceives; nil for those that do not, and for those that are
    /// A-labels anyway.
    static func deception(of text: UnsafeBufferPointer<UInt8>) -> Deception? {
        guard text.contains(where: { $0 >= 0x80 }), let at = text.lastIndex(of: 0x40) else {
            return nil
        }
        let domain = String(decoding: text[(at + 1)...], as: UTF8.self)
        guard let ascii = InternationalDomain.ascii(domain) else { return nil }
        if InternationalDomain.mixesScripts(domain) { return Deception(ascii: ascii) }
        return InternationalDomain.lookalike(of: domain)
            .map { Deception(ascii: ascii, lookalike: $0) }
    }

    /// Makes of an address's key the one that all addresses of its mailbox have at most mail
    /// providers: without a plus tag and without dots in the local part.
    ///
    /// - Parameter start: where the key begins; it ends with the array.
    static func makeMailbox(ofKeyFrom start: Int, in key: inout [UInt8]) {
        var end = start
        var isLocal = true
        var isTag = false
        for index in start..<key.count {
            let byte = key[index]
            if byte == 0x40 { isLocal = false }
            if isLocal && byte == 0x2B { isTag = true }
            if isLocal && (isTag || byte == 0x2E) { continue }
            key[end] = byte
            end += 1
        }
        key.removeSubrange(end...)
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
        var labelStart = start
        var hasLetter = false
        for index in start..<text.count {
            let byte = text[index]
            if (byte | 0x20) &- 0x61 < 26 {
                hasLetter = true
            } else if byte == 0x2E {
                guard isLabel(text, labelStart..<index) else { return false }
                labelStart = index + 1
                hasLetter = false
            } else if byte &- 0x30 >= 10 && byte != 0x2D {
                return false
            }
        }
        return labelStart > start && hasLetter && isLabel(text, labelStart..<text.count)
    }

    /// Whether letters, digits and hyphens are as many as a label has, no hyphen is at an end, and
    /// an A-label stands for something.
    @inline(__always)
    private static func isLabel(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        1...labelSizeMax ~= range.count && text[range.lowerBound] != 0x2D
            && text[range.upperBound - 1] != 0x2D
            && (!InternationalDomain.claimsToBeALabel(text[range])
                || InternationalDomain.isALabel(text[range]))
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
