/// The extra fields of a header: id, size and bytes, one after another (APPNOTE 4.5.1).
struct ExtraFields {
    let bytes: ArraySlice<UInt8>

    /// The bytes of every field with this id. Bytes that are no whole field end the list: some
    /// programs pad headers.
    func fields(_ id: UInt16) -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        var rest = bytes
        while rest.count >= 4 {
            let size = Int(rest.uint16(at: 2))
            let body = rest.dropFirst(4)
            guard body.count >= size else { break }
            if rest.uint16(at: 0) == id { found.append(body.prefix(size)) }
            rest = body.dropFirst(size)
        }
        return found
    }
}

/// The values of a ZIP64 field: only those whose place in the header says "look there", in the
/// header's order (APPNOTE 4.5.3).
struct Zip64Values {
    private var rest: ArraySlice<UInt8>

    /// Nil without exactly one such field.
    init?(_ extra: ExtraFields) {
        let fields = extra.fields(ZipFormat.zip64Extra)
        guard fields.count == 1 else { return nil }
        rest = fields[0]
    }

    mutating func next64() -> UInt64? {
        guard rest.count >= 8 else { return nil }
        defer { rest = rest.dropFirst(8) }
        return rest.uint64(at: 0)
    }

    mutating func next32() -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.uint32(at: 0)
    }
}
