import Foundation

/// One e-mail address in its normal form.
///
/// ASCII local part of RFC 5321 dot-string characters; the domain as A-labels (RFC 5890). Quoted local
/// parts and address literals are refused: no portal takes them.
package struct EmailAddress: Sendable, Equatable {
    /// Why a text is no address.
    enum Failure: Error, Equatable {
        /// Not of the form name@domain.
        case malformed
        /// More than one address.
        case several
    }

    /// Longest address (RFC 5321 §4.5.3.1.3 less the angle brackets), local part and label, in bytes.
    static let sizeMax = 254
    static let localSizeMax = 64
    static let labelSizeMax = 63

    /// Appends the key of a trimmed ASCII address: lower case throughout.
    ///
    /// - Returns: false when the text is not a plain ASCII address; nothing was appended then.
    /// - Complexity: O(length), no allocation.
    static func appendKey(
        ofPlain text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]
    ) -> Bool {
        guard text.count <= sizeMax, let at = text.firstIndex(of: 0x40),
            isLocalPart(text[..<at]), isDomain(text[(at + 1)...])
        else { return false }
        for byte in text { key.append(byte &- 0x41 < 26 ? byte | 0x20 : byte) }
        return true
    }

    /// Appends the key of any trimmed address, with an international domain as A-labels.
    static func appendKey(
        of text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]
    ) throws(Failure) {
        if appendKey(ofPlain: text, to: &key) { return }
        if text.contains(where: { $0 >= 0x80 }), let at = text.lastIndex(of: 0x40) {
            let domain = String(decoding: text[(at + 1)...], as: UTF8.self)
            if let ascii = InternationalDomain.ascii(domain) {
                let whole = Array(text[...at]) + Array(ascii.utf8)
                if whole.withUnsafeBufferPointer({ appendKey(ofPlain: $0, to: &key) }) { return }
            }
        }
        throw addresses(in: String(decoding: text, as: UTF8.self)).count > 1 ? .several : .malformed
    }

    /// Appends the key under which addresses share a mailbox at most mail providers: without a plus
    /// tag and without dots in the local part. `key` is the address's own key.
    static func appendAliasKey(of address: ArraySlice<UInt8>, to key: inout [UInt8]) {
        let at = address.firstIndex(of: 0x40) ?? address.endIndex
        for byte in address[..<at] {
            if byte == 0x2B { break }
            if byte != 0x2E { key.append(byte) }
        }
        key.append(contentsOf: address[at...])
    }

    /// The one address somebody surely meant by `Ann Lee <ann@acme.example>` or `mailto:ann@…`.
    static func suggestion(for text: String) -> String? {
        let found = addresses(in: text)
        guard found.count == 1, let address = found.first, address != text else { return nil }
        let rest = text.replacing(address, with: "", maxReplacements: 1)
        let isWrapped = rest.contains("<") && rest.contains(">") || rest.lowercased() == "mailto:"
        return isWrapped ? address : nil
    }

    /// The addresses among the words of a text.
    private static func addresses(in text: String) -> [String] {
        let separators: Set<Character> = [
            ";", ",", " ", "\t", "\n", "<", ">", "/", "|", "(", ")", "\"",
        ]
        return text.split { separators.contains($0) }
            .map { $0.lowercased().hasPrefix("mailto:") ? $0.dropFirst(7) : $0 }
            .filter { word in
                var key: [UInt8] = []
                return Array(word.utf8).withUnsafeBufferPointer { appendKey(ofPlain: $0, to: &key) }
            }
            .map(String.init)
    }

    private static func isLocalPart(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard part.count <= localSizeMax, part.first != 0x2E, part.last != 0x2E, !part.isEmpty
        else { return false }
        var previous: UInt8 = 0
        for byte in part {
            guard isAtomText[Int(byte)], !(byte == 0x2E && previous == 0x2E) else { return false }
            previous = byte
        }
        return true
    }

    /// Two labels at least, each of letters, digits and inner hyphens; the last has a letter.
    private static func isDomain(_ domain: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var labelSize = 0
        var labelCount = 1
        var hasLetter = false
        var previous: UInt8 = 0x2E
        for byte in domain {
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
    private static let isAtomText: [Bool] = (0..<256).map { byte in
        guard byte < 0x80, let scalar = Unicode.Scalar(byte) else { return false }
        return scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
            || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains(scalar)
    }
}
