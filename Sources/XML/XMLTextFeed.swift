/// Turns the bytes of a document into UTF-8, once the prologue has been judged.
struct XMLTextFeed {
    private enum State {
        case sniffing
        case declaring(XMLPrologue.Encoding, UTF16Decoder?)
        case utf8
        case utf16(UTF16Decoder)
    }

    private var state = State.sniffing
    /// What is held back until the prologue is whole: bytes while sniffing, UTF-8 after.
    private var held: [UInt8] = []

    /// True when bytes can be used as they are.
    var isPassedThrough: Bool {
        if case .utf8 = state { return true }
        return false
    }

    /// The next UTF-8; empty while more bytes are needed.
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLError)
        -> [UInt8]
    {
        switch state {
        case .sniffing: return try sniff(bytes, isWhole: isWhole)
        case .declaring(let encoding, let decoder):
            return try declare(bytes, encoding, decoder, isWhole: isWhole)
        case .utf8: return Array(bytes)
        case .utf16(var decoder):
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            try decode(bytes, with: &decoder, into: &output, isWhole: isWhole)
            state = .utf16(decoder)
            return output
        }
    }

    private mutating func sniff(
        _ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool
    ) throws(XMLError) -> [UInt8] {
        held.append(contentsOf: bytes)
        guard held.count >= 4 || isWhole else { return [] }
        let (verdict, markSize) = XMLPrologue.sniff(held)
        guard case .allowed(let encoding) = verdict else { throw refusal(of: verdict) }
        let rest = Array(held.dropFirst(markSize))
        held = []
        let decoder: UTF16Decoder? =
            encoding == .utf8 ? nil : UTF16Decoder(isBigEndian: encoding == .utf16BigEndian)
        return try rest.withUnsafeBufferPointer { (rest) throws(XMLError) in
            try declare(rest, encoding, decoder, isWhole: isWhole)
        }
    }

    private mutating func declare(
        _ bytes: UnsafeBufferPointer<UInt8>, _ encoding: XMLPrologue.Encoding,
        _ decoder: UTF16Decoder?, isWhole: Bool
    ) throws(XMLError) -> [UInt8] {
        var decoder = decoder
        if decoder == nil { held.append(contentsOf: bytes) }
        try decode(bytes, with: &decoder, into: &held, isWhole: isWhole)
        let verdict = XMLPrologue.judge(held, as: encoding, isWhole: isWhole)
        if case .wait = verdict {
            state = .declaring(encoding, decoder)
            return []
        }
        guard case .allowed = verdict else { throw refusal(of: verdict) }
        state = decoder.map { .utf16($0) } ?? .utf8
        defer { held = [] }
        return held
    }

    private func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, with decoder: inout UTF16Decoder?,
        into output: inout [UInt8], isWhole: Bool
    ) throws(XMLError) {
        guard var utf16 = decoder else { return }
        try decode(bytes, with: &utf16, into: &output, isWhole: isWhole)
        decoder = utf16
    }

    private func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, with decoder: inout UTF16Decoder,
        into output: inout [UInt8], isWhole: Bool
    ) throws(XMLError) {
        guard decoder.decode(bytes, into: &output), !isWhole || decoder.isBetweenCharacters else {
            throw XMLError(
                code: .malformed, byteOffset: 0, found: "half a character", expected: "UTF-16")
        }
    }

    private func refusal(of verdict: XMLPrologue.Verdict) -> XMLError {
        var name = "another encoding"
        if case .refused(let refused) = verdict { name = String(refused.prefix(40)) }
        return XMLError(
            code: .encodingNotAllowed, byteOffset: 0, found: name, expected: "UTF-8 or UTF-16")
    }
}
