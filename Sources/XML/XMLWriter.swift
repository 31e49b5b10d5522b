/// Writes markup into a growing buffer of UTF-8; whoever owns the writer empties it in blocks.
///
/// Names and raw markup are literals of our own, so that only values need escaping:
/// ```swift
/// var xml = XMLWriter()
/// xml.element("note") { xml in
///     xml.attribute("lang", "en")
///     xml.text("1 < 2")
/// }
/// ```
/// gives `<note lang="en">1 &lt; 2</note>`. Attributes come before content.
package struct XMLWriter: Sendable {
    /// What was written since the last `removeAll`. Whoever appends here keeps it well formed.
    package var bytes: [UInt8] = []

    /// Whether the last start tag still lacks its `>`.
    private var isStartTagOpen = false

    /// A writer with room for so many bytes.
    package init(capacity: Int = 1 << 10) {
        bytes.reserveCapacity(capacity)
    }

    /// Forgets the bytes, which have been written elsewhere, and keeps their room.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Writes the XML declaration, which comes first in a document.
    package mutating func declaration() {
        raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
    }

    /// Writes an element; `content` writes its attributes, then what is inside.
    package mutating func element(
        _ name: StaticString, _ content: (inout XMLWriter) -> Void = { _ in }
    ) {
        start(name)
        content(&self)
        end(name)
    }

    /// Opens an element that `end` closes, perhaps in a later block.
    package mutating func start(_ name: StaticString) {
        closeStartTag()
        bytes.append(UInt8(ascii: "<"))
        append(name)
        isStartTagOpen = true
    }

    /// Closes the element that was opened last.
    package mutating func end(_ name: StaticString) {
        if isStartTagOpen {
            isStartTagOpen = false
            append("/>")
        } else {
            append("</")
            append(name)
            bytes.append(UInt8(ascii: ">"))
        }
    }

    /// Writes an attribute of the element just opened.
    package mutating func attribute(
        _ name: StaticString, _ value: String, as rules: XMLEscaping.Rules = .markup
    ) {
        beginAttribute(name)
        append(value, as: rules)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an attribute of the element just opened.
    package mutating func attribute(_ name: StaticString, _ value: Int) {
        beginAttribute(name)
        decimal(value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an attribute as `1` or `0`.
    package mutating func attribute(_ name: StaticString, _ value: Bool) {
        attribute(name, value ? 1 : 0)
    }

    /// Writes text inside the element just opened.
    package mutating func text(_ text: String, as rules: XMLEscaping.Rules = .markup) {
        closeStartTag()
        append(text, as: rules)
    }

    /// Writes UTF-8 text inside the element just opened.
    package mutating func text(
        _ text: UnsafeBufferPointer<UInt8>, as rules: XMLEscaping.Rules = .markup
    ) {
        closeStartTag()
        XMLEscaping.append(text, as: rules, to: &bytes)
    }

    /// Writes finished markup of our own.
    @inline(__always)
    package mutating func raw(_ markup: StaticString) {
        closeStartTag()
        append(markup)
    }

    /// Writes finished markup piece by piece, at the cost of one.
    ///
    /// - Parameter room: bytes that are enough for it, and eight more for each `PackedText`.
    @inline(__always)
    package mutating func raw(room: Int, _ write: (inout MarkupCursor) -> Void) {
        closeStartTag()
        bytes.append(addingCapacity: room) { output in
            output.withUnsafeMutableBufferPointer { output, count in
                guard let start = output.baseAddress else { return }
                var cursor = MarkupCursor(from: start, room: output.count)
                write(&cursor)
                count = output.count - cursor.room
            }
        }
    }

    /// Writes the digits of a number, without closing a start tag.
    package mutating func decimal(_ number: Int) {
        guard let digits = PackedText(number) else {
            bytes.append(contentsOf: String(number).utf8)
            return
        }
        digits.append(to: &bytes)
    }

    private mutating func closeStartTag() {
        guard isStartTagOpen else { return }
        isStartTagOpen = false
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func beginAttribute(_ name: StaticString) {
        bytes.append(UInt8(ascii: " "))
        append(name)
        append("=\"")
    }

    private mutating func append(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ text: String, as rules: XMLEscaping.Rules) {
        var text = text
        text.withUTF8 { XMLEscaping.append($0, as: rules, to: &bytes) }
    }
}
