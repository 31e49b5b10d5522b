import Catalogue
import Portals

/// The rows of a sheet by the normalised value of some fields: which of them have the same.
struct KeyGroups {
    enum Mode {
        case exact
        /// Addresses without dots and plus tags.
        case mailbox
    }

    let fields: [Int]
    let mode: Mode
    /// Rows whose values are all well formed.
    private(set) var rows: [Int] = []
    private var hashes: [UInt64] = []
    private var index: HashIndex

    init(fields: [Int], _ judging: Judging, mode: Mode = .exact) {
        self.fields = fields
        self.mode = mode
        index = HashIndex(capacity: judging.sheetStore.rowCount)
        var key: [UInt8] = []
        for row in judging.rows
        where fields.allSatisfy({ judging.form(row, $0) == .wellFormed }) {
            judging.key(of: fields, row, mode: mode, into: &key)
            let hash = HashIndex.hash(key)
            rows.append(row)
            hashes.append(hash)
            index.insert(row, hash: hash)
        }
    }

    /// Rows that share their value with another one.
    var repeated: [Int] {
        zip(rows, hashes).compactMap { row, hash in hasTwin(row, hash) ? row : nil }
    }

    private func hasTwin(_ row: Int, _ hash: UInt64) -> Bool {
        var candidates = index.rows(of: hash)
        return candidates.next() != row || candidates.next() != nil
    }

    /// Reports every member of every group, naming the others.
    func report(_ code: Code, by rule: RuleDefinition? = nil, _ judging: inout Judging) {
        for (row, hash) in zip(rows, hashes) where hasTwin(row, hash) {
            let others = members(like: row, hash, judging)
            if others.isEmpty { continue }
            let related = others.prefix(FindingDetail.relatedMax).map {
                Place(sheet: judging.sheet, row: $0, field: fields.first)
            }
            let detail = FindingDetail(related: Array(related), relatedCount: others.count)
            judging.report(code, row, fields.first, by: rule, detail: detail)
        }
    }

    /// Whether another row has the very same address, so that nothing need be said of its mailbox.
    func isRepeatedExactly(_ row: Int, _ judging: Judging) -> Bool {
        var own: [UInt8] = []
        var other: [UInt8] = []
        var mailbox: [UInt8] = []
        judging.key(of: fields, row, mode: .exact, into: &own)
        judging.key(of: fields, row, mode: mode, into: &mailbox)
        for candidate in index.rows(of: HashIndex.hash(mailbox)) where candidate != row {
            judging.key(of: fields, candidate, mode: .exact, into: &other)
            if other != own { return false }
        }
        return true
    }

    /// The other rows of the same key; equal hashes alone don't count.
    private func members(like row: Int, _ hash: UInt64, _ judging: Judging) -> [Int] {
        var own: [UInt8] = []
        var other: [UInt8] = []
        judging.key(of: fields, row, mode: mode, into: &own)
        return index.rows(of: hash).filter { candidate in
            guard candidate != row else { return false }
            judging.key(of: fields, candidate, mode: mode, into: &other)
            return own == other
        }
    }
}

extension Judging {
    /// The normalised value of some fields of a row: e-mails and names each in their own normal form,
    /// joined by a byte that neither can hold.
    func key(
        of fields: [Int], _ row: Int, mode: KeyGroups.Mode = .exact, into key: inout [UInt8]
    ) {
        key.removeAll(keepingCapacity: true)
        for field in fields {
            if !key.isEmpty { key.append(0) }
            withText(row, field) { text in
                FieldKey.append(
                    text, type: sheetDefinition.fields[field].type, mode: mode, to: &key)
            }
        }
    }
}

/// The normal form of a value by its field's type.
enum FieldKey {
    static func append(
        _ text: UnsafeBufferPointer<UInt8>, type: FieldType, mode: KeyGroups.Mode = .exact,
        to key: inout [UInt8]
    ) {
        guard type == .email else { return NameKey.append(text, to: &key) }
        var address: [UInt8] = []
        do throws(EmailAddress.Failure) {
            try EmailAddress.appendKey(of: text, to: &address)
        } catch {
            return NameKey.append(text, to: &key)
        }
        switch mode {
        case .exact: key.append(contentsOf: address)
        case .mailbox: EmailAddress.appendAliasKey(of: address[...], to: &key)
        }
    }

    static func bytes(_ text: String, type: FieldType) -> [UInt8] {
        var text = text
        var key: [UInt8] = []
        text.withUTF8 { append(Trimming.trimmed($0), type: type, to: &key) }
        return key
    }
}
