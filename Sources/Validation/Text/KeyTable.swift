/// Normalised keys, each once, in the order of adding: what has a key, or whether something does.
///
/// They lie in one allocation, as there are as many of them as there are rows.
package struct KeyTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each key ends in `bytes`.
    private var ends: [Int] = []
    private var index = HashIndex()

    package init() {}

    package var count: Int { ends.count }

    /// Adds a key; one that is there already is not added again.
    ///
    /// - Returns: the position of the key, which count from 0, and whether it is new.
    @discardableResult
    package mutating func add(_ key: [UInt8]) -> (position: Int, isNew: Bool) {
        key.withUnsafeBufferPointer { key in
            let hash = HashIndex.hash(key)
            if let position = position(of: key, hash) { return (position, false) }
            bytes.append(contentsOf: key)
            ends.append(bytes.count)
            let position = ends.count - 1
            let (bytes, ends) = (bytes, ends)
            index.insert(position, hash: hash) { other in
                bytes.withUnsafeBufferPointer {
                    HashIndex.hash(UnsafeBufferPointer(rebasing: $0[Self.range(other, ends)]))
                }
            }
            return (position, true)
        }
    }

    /// The position of a key; nil for one that is not there.
    package func position(of key: [UInt8]) -> Int? {
        key.withUnsafeBufferPointer { position(of: $0, HashIndex.hash($0)) }
    }

    private func position(of key: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            index.first(of: hash) { position in
                UnsafeBufferPointer(rebasing: bytes[Self.range(position, ends)]).isSame(as: key)
            }
        }
    }

    private static func range(_ position: Int, _ ends: [Int]) -> Range<Int> {
        (position == 0 ? 0 : ends[position - 1])..<ends[position]
    }
}
