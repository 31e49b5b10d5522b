import Spreadsheet

/// Names that exist elsewhere, such as NetSapiens domains, with the descriptions that came with
/// them.
package struct Directory: Sendable {
    private var names = TextTable()
    /// Positions by normalised name. Several names may differ by case alone.
    private var index = HashIndex()
    private var descriptions: [Int: String] = [:]
    /// Normalised description to position; -1 when several names have it.
    private var byDescription: [[UInt8]: Int] = [:]
    /// Bytes that occur in the names' normal forms.
    private var bytesUsed = Array(repeating: false, count: 256)

    package init() {}

    package var count: Int { names.count }

    /// A name as it was handed in; positions count from 0 in the order of adding.
    package func name(_ index: Int) -> String {
        names.string(UInt32(truncatingIfNeeded: index))
    }

    /// What stood beside a name; nil for nothing.
    package func description(_ index: Int) -> String? { descriptions[index] }

    /// Adds a name; one that is there already, letter for letter, is not added again.
    package mutating func add(_ name: String, description: String = "") {
        let key = NameKey.bytes(of: name)
        let hash = HashIndex.hash(key)
        let bytes = Array(name.utf8)
        guard !index.rows(of: hash).contains(where: { isName($0, bytes) }),
            let position = names.append(name).map(Int.init)
        else { return }
        index.insert(position, hash: hash)
        for byte in key { bytesUsed[Int(byte)] = true }
        guard !description.isEmpty else { return }
        descriptions[position] = description
        let words = NameKey.bytes(of: description)
        byDescription[words] = byDescription[words] == nil ? position : -1
    }

    /// What a directory says of a name.
    enum Answer: Equatable {
        case present
        /// Only a name that differs by case is there.
        case differsByCase(Int)
        case absent
    }

    /// - Parameter key: the name's `NameKey`.
    func answer(for name: UnsafeBufferPointer<UInt8>, key: [UInt8]) -> Answer {
        var other: Int?
        for position in index.rows(of: HashIndex.hash(key)) {
            if isName(position, name) { return .present }
            if other == nil && hasKey(position, key) { other = position }
        }
        return other.map { .differsByCase($0) } ?? .absent
    }

    /// The first name with a normalised form.
    func position(ofKey key: [UInt8]) -> Int? {
        index.rows(of: HashIndex.hash(key)).first { hasKey($0, key) }
    }

    /// The bytes of the names' normal forms, rising.
    var alphabet: [UInt8] {
        (0..<256).compactMap { bytesUsed[$0] ? UInt8(truncatingIfNeeded: $0) : nil }
    }

    /// Positions by normalised description; -1 where several names have it.
    var positionsByDescription: [[UInt8]: Int] { byDescription }

    /// The one name whose description equals the key.
    func position(ofDescription key: [UInt8]) -> Int? {
        byDescription[key].flatMap { $0 >= 0 ? $0 : nil }
    }

    private func hasKey(_ position: Int, _ key: [UInt8]) -> Bool {
        isName(position, key) || NameKey.bytes(of: name(position)) == key
    }

    private func isName(_ position: Int, _ bytes: some Collection<UInt8>) -> Bool {
        names.withBytes(of: UInt32(truncatingIfNeeded: position)) { $0.elementsEqual(bytes) }
    }
}
