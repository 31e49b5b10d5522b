import Testing

@testable import Server

/// Forms as browsers send them, in whatever pieces they come.
@Suite struct MultipartReaderTests {
    private static let type = "multipart/form-data; boundary=----rows"

    private static func form(_ parts: [(head: String, body: String)], end: String = "--") -> String
    {
        parts.map { "------rows\r\n\($0.head)\r\n\r\n\($0.body)\r\n" }.joined()
            + "------rows\(end)\r\n"
    }

    private static let whole = form([
        ("Content-Disposition: form-data; name=\"note\"", ""),
        (
            "Content-Disposition: form-data; name=\"workbook\"; filename=\"a%22b.xlsx\"\r\n"
                + "Content-Type: application/octet-stream",
            "one\r\n----row\r\n--two"
        ),
    ])

    /// What comes of pieces of some size: names, file names and bytes joined.
    private func read(_ text: String, inPiecesOf size: Int) throws -> [String] {
        var reader = try #require(MultipartReader(contentType: Self.type))
        var parts: [String] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            for event in try reader.read(rest.prefix(size)) {
                switch event {
                case .part(let name, let fileName): parts.append("\(name)|\(fileName ?? "-")|")
                case .bytes(let bytes):
                    parts[parts.count - 1] += String(decoding: bytes, as: UTF8.self)
                case .end: parts[parts.count - 1] += "|"
                }
            }
            rest = rest.dropFirst(size)
        }
        #expect(reader.isWhole)
        return parts
    }

    @Test func `a form is the same in pieces of every size`() throws {
        for size in 1...Self.whole.utf8.count {
            #expect(
                try read(Self.whole, inPiecesOf: size)
                    == ["note|-||", "workbook|a\"b.xlsx|one\r\n----row\r\n--two|"])
        }
    }

    @Test func `a form that breaks off is not whole`() throws {
        let bytes = Array(Self.whole.utf8)
        for count in 0..<(bytes.count - 2) {
            var reader = try #require(MultipartReader(contentType: Self.type))
            _ = try reader.read(bytes.prefix(count))
            #expect(!reader.isWhole)
        }
    }

    @Test(arguments: [
        "multipart/form-data", "text/plain; boundary=a", "multipart/form-data; boundary=", "",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func `what is no form with a file is refused`(type: String) {
        #expect(MultipartReader(contentType: type) == nil)
    }

    @Test(arguments: [
        ("a part without a name", form([("Content-Type: text/plain", "a")])),
        (
            "a head without an end",
            "------rows\r\n" + String(repeating: "a", count: SiteLimits.partHeadSizeMax + 1)
        ),
        (
            "too many parts",
            form(
                Array(
                    repeating: ("Content-Disposition: form-data; name=\"a\"", ""),
                    count: SiteLimits.partCountMax + 1))
        ),
        ("something behind a boundary", form([], end: "xx")),
    ])
    func `a form with a fault ends in a failure`(fault: String, text: String) throws {
        var reader = try #require(MultipartReader(contentType: Self.type))
        #expect(throws: MultipartReader.Failure.self) { _ = try reader.read(Array(text.utf8)) }
    }
}
