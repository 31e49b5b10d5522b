import Spreadsheet

/// Names that exist elsewhere, such as NetSapiens domains, with the descriptions that came with
/// them.
///
/// A class, because it is asked for every row: whoever held a struct of so many tables would count
/// each of them again for every question.
package final class Directory: Sendable {
    private let names: TextTable
    /// Positions by normalised name. Several names may differ by case alone.
    private let index: HashIndex
    private let descriptions: [Int: String]
    /// Normalised description to position; -1 when several names have it.
    private let byDescription: [[UInt8]: Int]
    /// Names that several lines have, and what stood beside those after the first.
    private let severalTimes: RowSet
    private let otherDescriptions: [Int: [String]]
    /// Bytes that occur in the names' normal forms, rising.
    let alphabet: [UInt8]

    package init(_ builder: DirectoryBuilder) {
        names = builder.names
        index = builder.index
        descriptions = builder.descriptions
        byDescription = builder.byDescription
        severalTimes = builder.severalTimes
        otherDescriptions = builder.otherDescriptions
        alphabet = (0..<256).compactMap {
            builder.bytesUsed[$0] ? UInt8(truncatingIfNeeded: $0) : nil
        }
    }

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

    /// What stood beside a name first; nil for nothing.
    package func description(_ index: Int) -> String? { descriptions[index] }

    /// What stood beside a name in each of its lines, in their order; "" for nothing. A line that
    /// says what an earlier one says is none, unless it says nothing but the name.
    package func lines(_ index: Int) -> [String] {
        let others = otherDescriptions[index, default: []]
        let isBare = others.isEmpty && severalTimes.contains(index)
        return [descriptions[index] ?? ""] + (isBare ? [""] : others)
    }

    /// What a directory says of a name, with the position of the first name of its normal form.
    enum Answer: Equatable {
        case present(Int)
        /// Only a name that differs by case is there.
        case differsByCase(Int)
        case absent

        var position: Int? {
            switch self {
            case .present(let position), .differsByCase(let position): position
            case .absent: nil
            }
        }
    }

    func answer(for name: UnsafeBufferPointer<UInt8>) -> Answer {
        // The key is made anew for the few names whose case may differ: what a closure holds would
        // be copied for every value.
        let hash = NameKey.with(name, HashIndex.hash)
        var other: Int?
        let own = index.first(of: hash) { position in
            if isName(position, name) { return true }
            if other == nil && NameKey.with(name, { hasKey(position, $0) }) { other = position }
            return false
        }
        if let own { return .present(other ?? own) }
        return other.map { .differsByCase($0) } ?? .absent
    }

    /// How many lines a text means.
    enum Match { case none, one, several }

    /// The lines that have a text for a name, letter for letter, or beside it.
    func match(_ text: UnsafeBufferPointer<UInt8>) -> Match {
        let named = NameKey.with(text) { key in
            index.first(of: HashIndex.hash(key)) { isName($0, text) }
        }
        let described = NameKey.with(text) { byDescription[Array($0)] }
        guard let position = named ?? described else { return .none }
        let isOne = position >= 0 && (described ?? position) == position
        return isOne && !(named != nil && severalTimes.contains(position)) ? .one : .several
    }

    /// The normal form of the name of the line that a text means, where it is one and stands beside
    /// a name that no other line has; nil where the text is as good a name of it.
    ///
    /// - Parameter key: of the text.
    func name(ofLine key: ArraySlice<UInt8>) -> [UInt8]? {
        guard let position = byDescription[Array(key)], position >= 0,
            !severalTimes.contains(position), count(ofKey: key) == 0
        else { return nil }
        let name = withName(position) { NameKey.with($0, Array.init) }
        return count(ofKey: name[...]) == 1 ? name : nil
    }

    /// How many names have a normalised form.
    private func count(ofKey key: ArraySlice<UInt8>) -> Int {
        var count = 0
        _ = index.first(of: HashIndex.hash(Array(key))) { position in
            if withName(position, { NameKey.with($0) { $0.elementsEqual(key) } }) { count += 1 }
            return false
        }
        return count
    }

    /// The first name with a normalised form.
    ///
    /// - Parameter hash: of the key.
    func position(ofKey key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        index.first(of: hash) { hasKey($0, key) }
    }

    /// The hashes of all normalised names.
    func filter() -> KeyFilter {
        var filter = KeyFilter(count: count)
        for position in 0..<count {
            filter.insert(withName(position) { NameKey.with($0, HashIndex.hash) })
        }
        return filter
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

/// Makes a `Directory` of names, one after the other.
package struct DirectoryBuilder {
    fileprivate var names = TextTable()
    fileprivate var index: HashIndex
    fileprivate var descriptions: [Int: String] = [:]
    fileprivate var byDescription: [[UInt8]: Int] = [:]
    fileprivate var severalTimes = RowSet()
    fileprivate var otherDescriptions: [Int: [String]] = [:]
    fileprivate var bytesUsed = Array(repeating: false, count: 256)

    /// - Parameter capacity: names below it need no growing.
    package init(capacity: Int = 0) { index = HashIndex(capacity: capacity) }

    /// The names so far.
    package var count: Int { names.count }

    /// Adds a line. A name that is there already, letter for letter, is not added again, only
    /// what stands beside it.
    package mutating func add(_ name: String, description: String = "") {
        var name = name
        name.withUTF8 { add($0, description: description) }
    }

    /// Adds a line by the bytes of its name.
    package mutating func add(_ name: UnsafeBufferPointer<UInt8>, description: String = "") {
        let count = names.count
        guard let position = NameKey.with(name, { position(of: name, key: $0) }) else { return }
        let isFirst = position == count
        if description.isEmpty {
            if !isFirst { severalTimes.insert(position) }
            return
        }
        let words = NameKey.bytes(of: description)
        let described = byDescription[words]
        if isFirst {
            descriptions[position] = description
        } else if described != position {
            severalTimes.insert(position)
            otherDescriptions[position, default: []].append(description)
        }
        byDescription[words] = described == nil || described == position ? position : -1
    }

    /// Where a name stands, once it is added where it was not there.
    ///
    /// - Returns: nil for a name that there is no room for.
    private mutating func position(
        of name: UnsafeBufferPointer<UInt8>, key: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        let hash = HashIndex.hash(key)
        let known = index.first(of: hash) {
            names.read(UInt32(truncatingIfNeeded: $0)) { $0.isSame(as: name) }
        }
        if let known { return known }
        guard let position = names.append(name).map(Int.init) else { return nil }
        if index.isFull(for: position) { grow() }
        index.insert(position, hash: hash)
        for byte in key { bytesUsed[Int(byte)] = true }
        return position
    }

    private mutating func grow() {
        let names = names
        index.grow { other in
            names.read(UInt32(truncatingIfNeeded: other)) { NameKey.with($0, HashIndex.hash) }
        }
    }
}
