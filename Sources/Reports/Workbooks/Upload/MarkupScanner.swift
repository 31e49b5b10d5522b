/// Walks over the tags of a document that is known to be well formed, by their bytes.
///
/// Unlike a parser it says where each tag stands, so that what lies between can be kept byte for
/// byte. UTF-8 only; entities are left as they are.
struct MarkupScanner {
    /// One tag.
    struct Tag {
        enum Kind { case start, end, empty }

        var kind: Kind
        /// With its prefix: `x:row`.
        var name: Substring
        /// From `<` to behind `>`.
        var range: Range<Int>
        /// What stands between name and `>`.
        fileprivate var attributes: Substring

        /// The name without its prefix.
        var localName: Substring {
            name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name
        }

        /// The prefix with its colon; empty for none.
        var prefix: Substring {
            name.lastIndex(of: ":").map { name[...$0] } ?? ""
        }

        /// The raw value of an attribute; nil when there is none.
        func attribute(_ name: String) -> String? { place(of: name).map { String($0.value) } }

        /// Where the value of an attribute stands in the document.
        func valueRange(_ name: String) -> Range<Int>? {
            guard let (value, offset) = place(of: name) else { return nil }
            let start = range.lowerBound + 1 + self.name.utf8.count + offset
            return start..<(start + value.utf8.count)
        }

        private func place(of wanted: String) -> (value: Substring, offset: Int)? {
            var rest = attributes
            while let sign = rest.firstIndex(of: "=") {
                let name = rest[..<sign].drop { $0.isWhitespace }.prefix { !$0.isWhitespace }
                let open = rest[rest.index(after: sign)...].drop { $0.isWhitespace }
                guard let quote = open.first, quote == "\"" || quote == "'" else { return nil }
                let value = open.dropFirst().prefix { $0 != quote }
                if name == wanted {
                    let offset = attributes.utf8.distance(
                        from: attributes.startIndex, to: value.startIndex)
                    return (value, offset)
                }
                rest = open.dropFirst().drop { $0 != quote }.dropFirst()
            }
            return nil
        }
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next tag; nil at the end.
    ///
    /// - Throws: `part` for a document type and for markup that does not end.
    mutating func next() throws(AdoptionError) -> Tag? {
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = start
            if try skip("<!--", "-->") { continue }
            if try skip("<![CDATA[", "]]>") { continue }
            if try skip("<?", "?>") { continue }
            guard !begins(with: "<!") else { throw broken("a document type") }
            return try tag()
        }
        return nil
    }

    private mutating func tag() throws(AdoptionError) -> Tag {
        let start = position
        var quote: UInt8?
        var end = start + 1
        while end < bytes.count {
            let byte = bytes[end]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            end += 1
        }
        guard end < bytes.count else { throw broken("a tag that does not end") }
        position = end + 1
        return Self.tag(bytes[(start + 1)..<end], range: start..<position)
    }

    private static func tag(_ inner: ArraySlice<UInt8>, range: Range<Int>) -> Tag {
        if inner.first == UInt8(ascii: "/") {
            let name = String(decoding: inner.dropFirst(), as: UTF8.self)
            return Tag(
                kind: .end, name: name[...].prefix { !$0.isWhitespace }, range: range,
                attributes: "")
        }
        let isEmpty = inner.last == UInt8(ascii: "/")
        let text = String(decoding: isEmpty ? inner.dropLast() : inner, as: UTF8.self)
        let name = text.prefix { !$0.isWhitespace }
        return Tag(
            kind: isEmpty ? .empty : .start, name: name, range: range,
            attributes: text[name.endIndex...])
    }

    /// Skips what begins and ends so; false when something else stands here.
    private mutating func skip(
        _ opening: StaticString, _ closing: String
    ) throws(AdoptionError) -> Bool {
        guard begins(with: "\(opening)") else { return false }
        let closing = Array(closing.utf8)
        var index = position + "\(opening)".utf8.count
        while index + closing.count <= bytes.count {
            if bytes[index..<(index + closing.count)].elementsEqual(closing) {
                position = index + closing.count
                return true
            }
            index += 1
        }
        throw broken("\(opening) without its end")
    }

    private func begins(with text: String) -> Bool {
        bytes[position...].starts(with: text.utf8)
    }

    private func broken(_ found: String) -> AdoptionError {
        AdoptionError(
            .part, at: "byte \(position)", found: found, expected: "well-formed XML in UTF-8")
    }
}
