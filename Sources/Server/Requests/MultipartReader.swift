import Foundation

/// Reads the parts of a form with a file (multipart/form-data, RFC 7578) as its bytes come.
///
/// Nothing is held but the head of a part and the last bytes, which may begin a boundary.
struct MultipartReader {
    enum Event: Equatable {
        /// A part begins: the field's name, and the file's where it is one.
        case part(name: String, fileName: String?)
        case bytes([UInt8])
        case end
    }

    /// The form is none, or has more than one may have.
    struct Failure: Error {}

    private enum State {
        case preamble, head, body, epilogue
    }

    private let boundary: [UInt8]
    private var state = State.preamble
    // The first boundary has no line break before it.
    private var held: [UInt8] = [13, 10]
    private var partCount = 0

    /// - Parameter contentType: nil is given back for another type, or one without a boundary.
    init?(contentType: String) {
        let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " } }
        guard parts.first?.lowercased() == "multipart/form-data",
            let parameter = parts.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let value = parameter.dropFirst(9).filter { $0 != "\"" }
        // RFC 2046, 5.1.1: at most 70 characters.
        guard (1...70).contains(value.utf8.count) else { return nil }
        boundary = Array("\r\n--\(value)".utf8)
    }

    /// Whether the last boundary was seen.
    var isWhole: Bool { state == .epilogue }

    mutating func read(_ bytes: some Collection<UInt8>) throws(Failure) -> [Event] {
        held += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// - Returns: whether there may be more in what is held.
    private mutating func step(_ events: inout [Event]) throws(Failure) -> Bool {
        switch state {
        case .preamble, .body: return try passToBoundary(&events)
        case .head: return try readHead(&events)
        case .epilogue:
            held = []
            return false
        }
    }

    private mutating func passToBoundary(_ events: inout [Event]) throws(Failure) -> Bool {
        guard let start = Self.position(of: boundary, in: held) else {
            let keptCount = min(held.count, boundary.count - 1)
            if state == .body && held.count > keptCount {
                events.append(.bytes(Array(held.dropLast(keptCount))))
            }
            held = Array(held.suffix(keptCount))
            return false
        }
        // Behind it come two hyphens at the very end, else a line break.
        guard held.count >= start + boundary.count + 2 else { return false }
        if state == .body {
            if start > 0 { events.append(.bytes(Array(held[..<start]))) }
            events.append(.end)
        }
        let behind = held[(start + boundary.count)...].prefix(2)
        held = Array(held[(start + boundary.count + 2)...])
        switch Array(behind) {
        case Array("--".utf8): state = .epilogue
        case [13, 10]:
            partCount += 1
            guard partCount <= SiteLimits.partCountMax else { throw Failure() }
            state = .head
        default: throw Failure()
        }
        return true
    }

    private mutating func readHead(_ events: inout [Event]) throws(Failure) -> Bool {
        guard let end = Self.position(of: [13, 10, 13, 10], in: held) else {
            guard held.count <= SiteLimits.partHeadSizeMax else { throw Failure() }
            return false
        }
        let head = String(decoding: held[..<end], as: UTF8.self)
        held = Array(held[(end + 4)...])
        // An empty body has its boundary at once.
        held = held.starts(with: boundary.dropFirst(2)) ? [13, 10] + held : held
        let line = head.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-disposition:")
        }
        guard let line, let name = Self.parameter("name", of: line) else { throw Failure() }
        events.append(.part(name: name, fileName: Self.parameter("filename", of: line)))
        state = .body
        return true
    }

    /// A parameter in quotes. Browsers write a quote in it as `%22`.
    private static func parameter(_ name: String, of line: Substring) -> String? {
        guard let start = line.range(of: "; \(name)=\"") else { return nil }
        let rest = line[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]).replacing("%22", with: "\"") }
    }

    private static func position(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at <= bytes.count - pattern.count {
                if bytes[at] == pattern[0]
                    && pattern.indices.allSatisfy({ bytes[at + $0] == pattern[$0] })
                {
                    return at
                }
                at += 1
            }
            return nil
        }
    }
}
