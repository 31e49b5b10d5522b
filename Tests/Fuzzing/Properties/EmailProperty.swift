@testable import Validation

/// Any bytes as an e-mail address: one that is taken has a key in lower case ASCII which is an
/// address with the same key, and what is suggested is an address.
enum EmailProperty {
    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        let text = Trimming.trimmed(bytes)
        let isAddress = EmailAddress.failure(of: text) == nil
        let prefix = Array("a@b.".utf8)
        var key = prefix
        expect(EmailAddress.appendKey(of: text, to: &key) == isAddress, "addresses have keys")
        expect(key.starts(with: prefix), "what is in front stays")
        key.removeFirst(prefix.count)
        if isAddress { check(key) }
        expect(isAddress || key.isEmpty, "what is no address leaves nothing")
        let whole = String(decoding: bytes, as: UTF8.self)
        if let suggestion = EmailAddress.suggestion(for: whole) {
            expect(self.key(of: suggestion) != nil, "a suggestion is an address")
        }
        if let domain = InternationalDomain.ascii(whole) {
            expect(domain.utf8.allSatisfy { $0 < 0x80 }, "an A-label is ASCII")
            expect(InternationalDomain.ascii(domain) == domain, "a domain is its own A-labels")
        }
    }

    private static func check(_ key: [UInt8]) {
        expect(1...EmailAddress.sizeMax ~= key.count, "an address is not too long")
        let isPlain = key.allSatisfy { $0 > 0x20 && $0 < 0x7F && !(0x41...0x5A ~= $0) }
        expect(isPlain, "a key is in lower case ASCII")
        expect(self.key(of: String(decoding: key, as: UTF8.self)) == key, "a key is its own key")
        var mailbox = key
        EmailAddress.makeMailbox(ofKeyFrom: 0, in: &mailbox)
        var again = mailbox
        EmailAddress.makeMailbox(ofKeyFrom: 0, in: &again)
        expect(again == mailbox, "a mailbox is its own mailbox")
    }

    private static func key(of text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { text in
            var key: [UInt8] = []
            return EmailAddress.appendKey(of: text, to: &key) ? key : nil
        }
    }
}
