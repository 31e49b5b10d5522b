/// Rows by the 64-bit hash of a key: which rows may have the same one.
///
/// Keys are not kept. Equal hashes are only candidates, and the caller compares the keys
/// themselves; the hash is seeded anew in each process, so nobody can prepare a file of colliding
/// keys.
struct HashIndex: Sendable {
    private static let none = UInt32.max

    /// For each hash its last entry; a power of two of them, at most half filled.
    private var slots: [UInt32] = []
    private var hashes: [UInt64] = []
    private var rows: [UInt32] = []
    /// The next entry of the same hash, in the order of inserting; after the last comes the first.
    private var nexts: [UInt32] = []

    var count: Int { rows.count }

    init(capacity: Int = 0) {
        grow(to: capacity)
        hashes.reserveCapacity(capacity)
        rows.reserveCapacity(capacity)
        nexts.reserveCapacity(capacity)
    }

    static func hash(_ key: [UInt8]) -> UInt64 {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The rows of a hash, in the order of inserting.
    func rows(of hash: UInt64) -> Candidates { Candidates(self, last: slots[slot(of: hash)]) }

    /// The rows that share their hash with others: a list a hash, each in the order of inserting.
    var shared: [[Int]] {
        slots.filter { $0 != Self.none && nexts[Int($0)] != $0 }
            .map { Array(Candidates(self, last: $0)) }
    }

    /// Adds a row.
    ///
    /// - Complexity: O(1), however many rows have the hash.
    mutating func insert(_ row: Int, hash: UInt64) {
        if (rows.count + 1) * 2 > slots.count { grow(to: rows.count * 2) }
        let entry = UInt32(truncatingIfNeeded: rows.count)
        let slot = slot(of: hash)
        hashes.append(hash)
        rows.append(UInt32(truncatingIfNeeded: row))
        let last = slots[slot]
        if last == Self.none {
            nexts.append(entry)
        } else {
            nexts.append(nexts[Int(last)])
            nexts[Int(last)] = entry
        }
        slots[slot] = entry
    }

    /// The slot that holds a hash, or the free one where it belongs.
    private func slot(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != Self.none && hashes[Int(slots[slot])] != hash {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow(to capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        let lasts = slots.filter { $0 != Self.none }
        slots = Array(repeating: Self.none, count: size)
        for entry in lasts { slots[slot(of: hashes[Int(entry)])] = entry }
    }

    struct Candidates: Sequence, IteratorProtocol {
        private let index: HashIndex
        private let last: UInt32
        private var entry: UInt32

        fileprivate init(_ index: HashIndex, last: UInt32) {
            self.index = index
            self.last = last
            entry = last == HashIndex.none ? last : index.nexts[Int(last)]
        }

        mutating func next() -> Int? {
            guard entry != HashIndex.none else { return nil }
            defer { entry = entry == last ? HashIndex.none : index.nexts[Int(entry)] }
            return Int(index.rows[Int(entry)])
        }
    }
}
