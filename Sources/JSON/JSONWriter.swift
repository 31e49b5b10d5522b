/// Writes JSON as bytes: in the order given, without spaces, as UTF-8, `/` unescaped (RFC 8259).
///
///     var json = JSONWriter()
///     json.beginObject()
///     json.member("code", "email.invalid")
///     json.key("related")
///     json.beginArray()
///     json.string("B7")
///     json.endArray()
///     json.endObject()        // {"code":"email.invalid","related":["B7"]}
///
/// Commas are put in here; that begins and ends match and that keys stand in objects only is the
/// caller's care. The same calls give the same bytes.
package struct JSONWriter: Sendable {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    /// Whether a value ended right before, so that the next key or value needs a comma.
    private var needsComma = false

    /// A writer of nothing yet.
    package init() {}

    /// An object of the members that something writes, as text.
    package static func object(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.beginObject()
        write(&json)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Forgets everything written, for a writer that is used again.
    package mutating func removeAll(keepingCapacity: Bool = false) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        needsComma = false
    }

    /// Forgets the bytes, which have been written elsewhere, and goes on where it was.
    package mutating func removeBytes() { bytes.removeAll(keepingCapacity: true) }

    /// `{`
    package mutating func beginObject() { begin("{") }

    /// `}`
    package mutating func endObject() { end("}") }

    /// `[`
    package mutating func beginArray() { begin("[") }

    /// `]`
    package mutating func endArray() { end("]") }

    /// Ends a line of JSON Lines: the next value stands for itself.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    /// The name of the member whose value is written next.
    package mutating func key(_ name: String) {
        var name = name
        name.withUTF8 { string(validUTF8: $0, isKey: true) }
        needsComma = false
    }

    /// A text.
    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string(validUTF8: $0) }
    }

    /// A text as bytes; what is not UTF-8 becomes U+FFFD.
    package mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
        if plainEnd(of: text, from: 0) == text.count {
            string(plain: text)
        } else if text.allSatisfy({ $0 < 0x80 }) {
            string(validUTF8: text)
        } else {
            string(String(decoding: text, as: UTF8.self))
        }
    }

    /// A text of which nothing wants escaping, appended by `write`.
    package mutating func plainString(_ write: (inout [UInt8]) -> Void) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A whole number.
    package mutating func integer(_ value: Int) {
        beginValue()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// The shortest text that reads back as this number: whole numbers without a point. JSON has
    /// no word for infinity and NaN: they become `null`.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        beginValue()
        let text = value.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...])
    }

    /// `true` or `false`
    package mutating func boolean(_ value: Bool) { word(value ? "true" : "false") }

    /// `null`
    package mutating func null() { word("null") }

    /// A value that is JSON already, as it is.
    package mutating func raw(_ json: some Collection<UInt8>) {
        beginValue()
        bytes.append(contentsOf: json)
    }

    /// Members of an object as they stand between its braces, at least one.
    package mutating func members(_ json: some Collection<UInt8>) { raw(json) }

    private mutating func begin(_ bracket: Unicode.Scalar) {
        beginValue()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    private mutating func word(_ word: StaticString) {
        beginValue()
        word.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func beginValue() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func string(
        validUTF8 text: UnsafeBufferPointer<UInt8>, isKey: Bool = false
    ) {
        if plainEnd(of: text, from: 0) == text.count { return string(plain: text, isKey: isKey) }
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(escaping: text)
        bytes.append(UInt8(ascii: "\""))
        if isKey { bytes.append(UInt8(ascii: ":")) }
    }

    /// A text of which nothing wants escaping, and what stands around it, in one go: nearly every
    /// text is one, and an array costs more to append to than a few bytes to copy.
    private mutating func string(plain text: UnsafeBufferPointer<UInt8>, isKey: Bool = false) {
        let comma = needsComma
        needsComma = true
        bytes.append(addingCapacity: text.count + 4) { output in
            if comma { output.append(UInt8(ascii: ",")) }
            output.append(UInt8(ascii: "\""))
            output.append(copying: text)
            output.append(UInt8(ascii: "\""))
            if isKey { output.append(UInt8(ascii: ":")) }
        }
    }
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(copying text: UnsafeBufferPointer<UInt8>) {
        guard let start = text.baseAddress else { return }
        precondition(freeCapacity >= text.count)
        withUnsafeMutableBufferPointer { output, count in
            output.baseAddress.map { ($0 + count).initialize(from: start, count: text.count) }
            count += text.count
        }
    }
}

extension [UInt8] {
    /// Copies runs that need no escape whole.
    fileprivate mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        var runStart = 0
        var index = plainEnd(of: text, from: 0)
        while index < text.count {
            if text[index] < 0x80 {
                append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
                append(contentsOf: Self.escape(of: text[index]))
                runStart = index + 1
            }
            index = plainEnd(of: text, from: index + 1)
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
    }

    private static func escape(of byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\""): Array(#"\""#.utf8)
        case UInt8(ascii: "\\"): Array(#"\\"#.utf8)
        case UInt8(ascii: "\n"): Array(#"\n"#.utf8)
        case UInt8(ascii: "\t"): Array(#"\t"#.utf8)
        default: Array((byte < 0x10 ? #"\u000"# : #"\u00"#).utf8) + String(byte, radix: 16).utf8
        }
    }
}

/// Where the ASCII that needs no escape ends; eight bytes at a time.
private func plainEnd(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= bytes.count,
        isPlain(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    {
        index += 8
    }
    while index < bytes.count, isPlain(bytes[index]) { index += 1 }
    return index
}

@inline(__always)
private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}

/// Whether no byte of a word needs an escape. Subtracting borrows from the highest bit of a byte
/// where that byte is too small, and a byte that equals another is zero once they are combined;
/// borrows spoil only bytes above one that was found.
@inline(__always)
private func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func zeros(_ character: UInt8) -> UInt64 {
        let word = word ^ ones &* UInt64(character)
        return (word &- ones) & ~word
    }
    let found =
        word | (word &- ones &* 0x20) & ~word | zeros(UInt8(ascii: "\""))
        | zeros(UInt8(ascii: "\\"))
    return found & (ones &* 0x80) == 0
}
