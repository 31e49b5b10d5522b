/// Rows by the 64-bit hash of a key: which earlier rows may have the same one.
///
/// Keys are not kept. Equal hashes are only candidates, and the caller compares the keys themselves;
/// the hash is seeded anew in each process, so nobody can prepare a file of colliding keys.
struct HashIndex: Sendable {
    private static let none = UInt32.max

    /// Position in the entry arrays; a power of two of them, at most half filled.
    private var slots: [UInt32] = []
    private var hashes: [UInt64] = []
    private var rows: [UInt32] = []
    /// The next entry of the same hash, in the order of inserting.
    private var nexts: [UInt32] = []

    var count: Int { rows.count }

    init(capacity: Int = 0) {
        grow(to: capacity)
        hashes.reserveCapacity(capacity)
        rows.reserveCapacity(capacity)
        nexts.reserveCapacity(capacity)
    }

    static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(key))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    static func hash(_ key: [UInt8]) -> UInt64 { key.withUnsafeBufferPointer(hash) }

    /// The rows of a hash, in the order of inserting.
    func rows(of hash: UInt64) -> Candidates {
        Candidates(index: self, entry: slots.isEmpty ? Self.none : slots[slot(of: hash)])
    }

    /// Adds a row. Rows of one hash keep their order.
    mutating func insert(_ row: Int, hash: UInt64) {
        if (rows.count + 1) * 2 > slots.count { grow(to: max(16, rows.count * 2)) }
        let entry = UInt32(truncatingIfNeeded: rows.count)
        hashes.append(hash)
        rows.append(UInt32(truncatingIfNeeded: row))
        nexts.append(Self.none)
        let slot = slot(of: hash)
        guard slots[slot] != Self.none else {
            slots[slot] = entry
            return
        }
        var last = slots[slot]
        while nexts[Int(last)] != Self.none { last = nexts[Int(last)] }
        nexts[Int(last)] = entry
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
        let firsts = slots.filter { $0 != Self.none }
        slots = Array(repeating: Self.none, count: size)
        for entry in firsts { slots[slot(of: hashes[Int(entry)])] = entry }
    }

    struct Candidates: Sequence, IteratorProtocol {
        fileprivate let index: HashIndex
        fileprivate var entry: UInt32

        mutating func next() -> Int? {
            guard entry != HashIndex.none else { return nil }
            defer { entry = index.nexts[Int(entry)] }
            return Int(index.rows[Int(entry)])
        }
    }
}
