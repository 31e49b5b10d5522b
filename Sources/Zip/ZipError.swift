/// Why an archive cannot be read or written: which rule, where, what was found, what was expected.
package struct ZipError: Error, Sendable, Equatable {
    /// The rule that is broken; raw values are the catalogue's codes.
    package enum Code: String, Sendable, CaseIterable {
        case truncated = "zip.truncated"
        case noEntries = "zip.no_entries"
        case badHeader = "zip.bad_header"
        case tooManyEntries = "zip.too_many_entries"
        case badName = "zip.bad_name"
        case duplicateEntry = "zip.duplicate_entry"
        case headerMismatch = "zip.header_mismatch"
        case ambiguous = "zip.ambiguous"
        case prefixData = "zip.prefix_data"
        case trailingData = "zip.trailing_data"
        case unlistedData = "zip.unlisted_data"
        case overlap = "zip.overlap"
        case method = "zip.method"
        case encrypted = "zip.encrypted"
        case multidisk = "zip.multidisk"
        case ratio = "zip.ratio"
        case inflatedTooLarge = "zip.inflated_too_large"
        case sizeMismatch = "zip.size_mismatch"
        case crc = "zip.crc"
        case corrupt = "zip.corrupt"
        case tooLarge = "zip.too_large"
        case cannotRead = "file.cannot_read"
        case cannotWrite = "file.cannot_write"
    }

    package var code: Code
    /// The entry's name as the archive has it; nil when the archive as a whole is meant.
    package var entry: String?
    /// Byte offset in the file, from 0; nil where none helps.
    package var offset: UInt64?
    /// What is there, in words, without content of the file.
    package var found: String
    /// What may be there.
    package var expected: String
    /// The system's error number, for `cannotRead` and `cannotWrite`.
    package var errno: Int32?

    /// Names the rule, the place and the facts.
    package init(
        _ code: Code, entry: String? = nil, at offset: UInt64? = nil, found: String,
        expected: String, errno: Int32? = nil
    ) {
        self.code = code
        self.entry = entry
        self.offset = offset
        self.found = found
        self.expected = expected
        self.errno = errno
    }

    /// The same error with the entry it belongs to.
    func inEntry(_ name: String) -> ZipError {
        var error = self
        error.entry = name
        return error
    }
}

extension ZipError: CustomStringConvertible {
    package var description: String {
        let place = [entry, offset.map { "byte \($0)" }].compactMap { $0 }.joined(separator: ", ")
        let start = place.isEmpty ? "" : "\(place): "
        return "\(start)found \(found); expected \(expected) [\(code.rawValue)]"
    }
}
