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

    /// Hands out the bytes of a name.
    @inline(__always)
    func withName<Result>(
        _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        names.read(UInt32(truncatingIfNeeded: index), body)
    }

    /// What stood beside a name; nil for nothing.
    package func description(_ index: Int) -> String? { descriptions[index] }

    /// Adds a name; one that is there already, letter for letter, is not added again.
    package mutating func add(_ name: String, description: String = "") {
        var name = name
        name.withUTF8 { add($0, description: description) }
    }

    /// Adds a name by its bytes.
    package mutating func add(_ name: UnsafeBufferPointer<UInt8>, description: String = "") {
        let position = NameKey.with(name) { append(name, key: $0) }
        guard let position, !description.isEmpty else { return }
        descriptions[position] = description
        let words = NameKey.bytes(of: description)
        byDescription[words] = byDescription[words] == nil ? position : -1
    }

    /// - Returns: nil for a name that is there.
    private mutating func append(
        _ name: UnsafeBufferPointer<UInt8>, key: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        let hash = HashIndex.hash(key)
        guard index.first(of: hash, where: { isName($0, name) }) == nil,
            let position = names.append(name).map(Int.init)
        else { return nil }
        let names = names
        index.insert(position, hash: hash) { other in
            names.read(UInt32(truncatingIfNeeded: other)) {
                NameKey.with($0, HashIndex.hash)
            }
        }
        for byte in key { bytesUsed[Int(byte)] = true }
        return position
    }

    /// What a directory says of a name.
    enum Answer: Equatable {
        case present
        /// Only a name that differs by case is there.
        case differsByCase(Int)
        case absent
    }

    func answer(for name: UnsafeBufferPointer<UInt8>) -> Answer {
        NameKey.with(name) { key in
            var other: Int?
            let own = index.first(of: HashIndex.hash(key)) { position in
                if isName(position, name) { return true }
                if other == nil && hasKey(position, key) { other = position }
                return false
            }
            if own != nil { return .present }
            return other.map { .differsByCase($0) } ?? .absent
        }
    }

    /// The first name with a normalised form.
    func position(ofKey key: UnsafeBufferPointer<UInt8>) -> Int? {
        index.first(of: HashIndex.hash(key)) { hasKey($0, key) }
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

    @inline(__always)
    private func hasKey(_ position: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        withName(position) { name in NameKey.with(name) { $0.isSame(as: key) } }
    }

    @inline(__always)
    private func isName(_ position: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        withName(position) { $0.isSame(as: name) }
    }
}
