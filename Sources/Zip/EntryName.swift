/// The name of an entry, and the key under which it is found.
struct EntryName: Equatable {
    /// As the archive has it.
    let text: String
    /// Two entries with one key would be one file for somebody, so an archive may not have both.
    let key: String

    /// - Throws: `badName` for a name that could lead out of a folder or is not the same text for
    ///   everybody: empty, too long, absolute, with a drive, `..`, a control character, not UTF-8.
    init(
        _ bytes: some Collection<UInt8>, limits: ZipLimits, at offset: UInt64
    ) throws(ZipError) {
        func check(_ holds: Bool, _ found: String, _ expected: String) throws(ZipError) {
            if !holds { throw ZipError(.badName, at: offset, found: found, expected: expected) }
        }
        let sizeMax = limits.entryNameSizeMax
        try check(!bytes.isEmpty, "an empty name", "a name")
        try check(
            bytes.count <= sizeMax, "a name of \(bytes.count) bytes", "at most \(sizeMax) bytes")
        let hasControls = bytes.contains { $0 < 0x20 || $0 == 0x7F }
        try check(!hasControls, "a name with a control character", "none")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ZipError(
                .badName, at: offset, found: "a name that is not UTF-8", expected: "UTF-8")
        }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        try check(!parts[0].isEmpty, "an absolute name", "a relative one")
        try check(!Self.namesDrive(parts[0]), "a name with a drive", "none")
        key = Self.key(of: text)
        let hasParent = (parts + key.split(separator: "/")).contains("..")
        try check(!hasParent, "a name with ..", "none")
        self.text = text
    }

    /// What is left of a name when everything is taken out that some program ignores: case, the
    /// kind of slash, a leading one, `.` as a part, percent-encoding. Equal keys compare by
    /// canonical equivalence, so composed and decomposed letters are the same as well.
    static func key(of name: String) -> String {
        percentDecoded(name).lowercased()
            .split { $0 == "/" || $0 == "\\" }
            .filter { $0 != "." }
            .joined(separator: "/")
            + (name.hasSuffix("/") || name.hasSuffix("\\") ? "/" : "")
    }

    private static func namesDrive(_ part: Substring) -> Bool {
        let bytes = part.utf8.prefix(2)
        guard let letter = bytes.first, bytes.count == 2 else { return false }
        return bytes.last == UInt8(ascii: ":") && (0x41...0x5A).contains(letter & ~0x20)
    }

    private static func percentDecoded(_ name: String) -> String {
        let bytes = Array(name.utf8)
        guard bytes.contains(UInt8(ascii: "%")) else { return name }
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = hexadecimalValue(bytes[index + 1]),
                let low = hexadecimalValue(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func hexadecimalValue(_ digit: UInt8) -> UInt8? {
        Character(Unicode.Scalar(digit)).hexDigitValue.flatMap { UInt8(exactly: $0) }
    }
}
