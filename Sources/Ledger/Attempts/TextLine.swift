import Glibc
import Validation

/// Lines of values: parted by tabs, one a line, whatever is in them.
enum TextLine {
    /// Appends a value. Tabs, line ends, backslashes and zeros are written as `\t`, `\n`, `\r`,
    /// `\\` and `\0`.
    static func append(_ value: some Sequence<UInt8>, to line: inout [UInt8]) {
        for byte in value {
            switch byte {
            case 0: line += [UInt8(ascii: "\\"), UInt8(ascii: "0")]
            case UInt8(ascii: "\t"): line += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): line += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\\"): line += [byte, byte]
            default: line.append(byte)
            }
        }
    }

    static func append(_ value: String, to line: inout [UInt8]) { append(value.utf8, to: &line) }

    /// The value that was appended.
    static func value(_ text: some Collection<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return Array(text) }
        var value: [UInt8] = []
        var isEscaped = false
        for byte in text {
            if !isEscaped && byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            guard isEscaped else {
                value.append(byte)
                continue
            }
            isEscaped = false
            switch byte {
            case UInt8(ascii: "0"): value.append(0)
            case UInt8(ascii: "t"): value.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): value.append(UInt8(ascii: "\r"))
            default: value.append(byte)
            }
        }
        return value
    }

    static func text(_ text: some Collection<UInt8>) -> String {
        String(decoding: value(text), as: UTF8.self)
    }
}

/// Values of a record by the ids of their fields: `name=acme`, parted by tabs. Fields that nothing
/// is known of are left out.
enum FieldLine {
    static func append(
        _ field: String, _ value: some Sequence<UInt8>, to line: inout [UInt8]
    ) {
        if !line.isEmpty { line.append(UInt8(ascii: "\t")) }
        line += field.utf8
        line.append(UInt8(ascii: "="))
        TextLine.append(value, to: &line)
    }

    static func bytes(_ values: [String?], of fields: [String]) -> [UInt8] {
        var line: [UInt8] = []
        for (field, value) in zip(fields, values) {
            if let value { append(field, value.utf8, to: &line) }
        }
        return line
    }

    /// Hands out each field's id and value.
    static func forEach(
        _ line: some Collection<UInt8>, _ body: (_ field: String, _ value: String) -> Void
    ) {
        for pair in line.split(separator: UInt8(ascii: "\t")) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
            body(
                String(decoding: pair[..<equals], as: UTF8.self),
                TextLine.text(pair[pair.index(after: equals)...]))
        }
    }

    /// By the ids of fields.
    static func texts(_ line: String) -> [String: String] {
        var texts: [String: String] = [:]
        forEach(line.utf8) { texts[$0] = $1 }
        return texts
    }

    /// The values by field of a sheet; those of fields that are not asked for are left out.
    static func values(_ line: some Collection<UInt8>, of fields: [String]) -> [String?] {
        var values = [String?](repeating: nil, count: fields.count)
        var next = 0
        for pair in line.split(separator: UInt8(ascii: "\t")) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let field = pair[..<equals]
            // They come in the order of the fields, as they were written.
            let position =
                fields[next...].firstIndex { $0.utf8.elementsEqual(field) }
                ?? fields[..<next].firstIndex { $0.utf8.elementsEqual(field) }
            guard let position else { continue }
            values[position] = TextLine.text(pair[pair.index(after: equals)...])
            next = position
        }
        return values
    }

    /// The values by field of a sheet, with no object each; those of fields that are not asked for
    /// are left out.
    static func values(_ line: UnsafeBufferPointer<UInt8>, of names: FieldNames) -> KnownValues {
        var values = KnownValues(count: names.count, size: line.count)
        var next = 0
        var start = 0
        while start < line.count {
            let rest = UnsafeBufferPointer(rebasing: line[start...])
            let pair = UnsafeBufferPointer(rebasing: rest[..<rest.position(of: tab)])
            start += pair.count + 1
            let equals = pair.position(of: UInt8(ascii: "="))
            guard equals < pair.count,
                let field = names.field(UnsafeBufferPointer(rebasing: pair[..<equals]), from: next)
            else { continue }
            // They come in the order of the fields, as they were written.
            next = field + 1
            let value = UnsafeBufferPointer(rebasing: pair[(equals + 1)...])
            if value.position(of: UInt8(ascii: "\\")) == value.count {
                values.set(value, field)
            } else {
                TextLine.value(value).withUnsafeBufferPointer { values.set($0, field) }
            }
        }
        return values
    }

    private static let tab = UInt8(ascii: "\t")
}

/// The ids of a sheet's fields, to find those of a line among.
struct FieldNames {
    private let names: [[UInt8]]

    init(_ ids: [String]) { names = ids.map { Array($0.utf8) } }

    var count: Int { names.count }

    /// - Parameter first: where it is looked for first; then everywhere.
    func field(_ name: UnsafeBufferPointer<UInt8>, from first: Int) -> Int? {
        (first..<count).first { isName($0, name) } ?? (0..<count).first { isName($0, name) }
    }

    private func isName(_ field: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard names[field].count == name.count, let start = name.baseAddress else { return false }
        return names[field].withUnsafeBytes { bytes in
            bytes.baseAddress.map { memcmp($0, start, name.count) == 0 } ?? true
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where a byte is first; the count where it is not.
    func position(of byte: UInt8) -> Int {
        guard let baseAddress, let found = memchr(baseAddress, Int32(byte), count) else {
            return count
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
    }
}
