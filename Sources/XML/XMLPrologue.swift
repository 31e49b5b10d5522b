/// Decides the encoding of a document from its first bytes and its declaration, and hands on UTF-8.
///
/// Packages allow UTF-8 and UTF-16 (ECMA-376 Part 2 §9.1.1 [M1.17]); every other encoding would
/// bring its decoder with it. Bytes are held back until the declaration is whole, so that nothing
/// is parsed before it is judged.
struct XMLPrologue {
    enum Verdict: Equatable {
        /// More bytes are needed.
        case wait
        case allowed(Encoding)
        /// Not allowed: its name, or what the first bytes look like.
        case refused(String)
    }

    enum Encoding: Equatable {
        case utf8, utf16LittleEndian, utf16BigEndian

        /// What a declaration may call it, in lower case.
        var names: [String] {
            switch self {
            case .utf8: ["utf-8"]
            case .utf16LittleEndian: ["utf-16", "utf-16le"]
            case .utf16BigEndian: ["utf-16", "utf-16be"]
            }
        }
    }

    /// Bytes that a declaration may take; the longest honest one has about 60 characters.
    static let declarationSizeBytesMax = 512

    /// The encoding that the first bytes tell (XML 1.0 Appendix F), and how many bytes are its
    /// mark.
    static func sniff(_ bytes: some Collection<UInt8>) -> (verdict: Verdict, markSize: Int) {
        let head = Array(bytes.prefix(4))
        switch head {
        case [0, 0, 0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0, 0x3C], [0x3C, 0, 0, 0]:
            return (.refused("UTF-32"), 0)
        case [0x4C, 0x6F, 0xA7, 0x94]: return (.refused("EBCDIC"), 0)
        default: break
        }
        if head.starts(with: [0x2B, 0x2F, 0x76]) { return (.refused("UTF-7"), 0) }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.allowed(.utf8), 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.allowed(.utf16LittleEndian), 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.allowed(.utf16BigEndian), 2) }
        if head.starts(with: [0x3C, 0]) { return (.allowed(.utf16LittleEndian), 0) }
        if head.starts(with: [0, 0x3C]) { return (.allowed(.utf16BigEndian), 0) }
        return (.allowed(.utf8), 0)
    }

    /// Whether a whole document is UTF-8, by its first bytes and its declaration.
    static func isUTF8(_ document: UnsafeBufferPointer<UInt8>) -> Bool {
        let (verdict, markSize) = sniff(document)
        guard verdict == .allowed(.utf8) else { return false }
        let text = Array(document.dropFirst(markSize).prefix(declarationSizeBytesMax))
        return judge(text, as: .utf8, isWhole: true) == .allowed(.utf8)
    }

    /// Judges the declaration at the beginning of `text`, which is UTF-8 by now.
    static func judge(_ text: [UInt8], as encoding: Encoding, isWhole: Bool) -> Verdict {
        let opening = Array("<?xml".utf8)
        guard text.count > opening.count else {
            return isWhole || !opening.starts(with: text.prefix(5)) ? .allowed(encoding) : .wait
        }
        guard text.starts(with: opening), isSpace(text[opening.count]) else {
            return .allowed(encoding)
        }
        guard let end = text.prefix(declarationSizeBytesMax).firstIndex(of: UInt8(ascii: ">"))
        else {
            if text.count >= declarationSizeBytesMax { return .refused("an endless declaration") }
            return isWhole ? .allowed(encoding) : .wait
        }
        guard let name = encodingName(in: text[opening.count..<end]) else {
            return .allowed(encoding)
        }
        return encoding.names.contains(name.lowercased()) ? .allowed(encoding) : .refused(name)
    }

    /// The value after `encoding` and an equals sign.
    private static func encodingName(in declaration: ArraySlice<UInt8>) -> String? {
        let word = Array("encoding".utf8)
        var rest = declaration
        while !rest.starts(with: word) {
            guard !rest.isEmpty else { return nil }
            rest = rest.dropFirst()
        }
        let value = rest.dropFirst(word.count).drop { isSpace($0) || $0 == UInt8(ascii: "=") }
        guard let quote = value.first else { return nil }
        return String(
            decoding: value.dropFirst().prefix { $0 != quote && !isSpace($0) }, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
