import Glibc

/// Entries by the hash of their keys: which of them may have the same one.
///
/// Keys are not kept, and of a hash only what a slot of four bytes has room for beside its entry.
/// So what is found is a candidate, and the caller compares the keys themselves. The hash is seeded
/// anew in each process: nobody can prepare a file of colliding keys.
struct HashIndex: Sendable {
    /// 0 is free. Else the entry and 1 in the lower bits, of which there are as many as a position
    /// in `slots` has, and above them the upper bits of the hash. At most half of them are filled.
    private var slots: [UInt32]

    /// - Parameter capacity: entries below it need no growing.
    init(capacity: Int = 0) { slots = Self.slots(for: capacity) }

    /// The first entry, in the order of inserting, that has a hash and is the one that is meant.
    @inline(__always)
    func first(of hash: UInt64, where isMeant: (Int) -> Bool) -> Int? {
        let mask = mask
        let tag = Self.tag(of: hash, mask)
        var position = UInt32(truncatingIfNeeded: hash) & mask
        while slots[Int(position)] != 0 {
            let slot = slots[Int(position)]
            if slot & ~mask == tag, isMeant(Int(slot & mask) - 1) { return Int(slot & mask) - 1 }
            position = (position + 1) & mask
        }
        return nil
    }

    /// Adds an entry, a number from 0.
    ///
    /// - Parameter hashOf: the hash of an entry that is there; asked when the index must grow.
    mutating func insert(_ entry: Int, hash: UInt64, hashOf: (Int) -> UInt64 = { _ in 0 }) {
        if (entry + 1) * 2 > slots.count { grow(to: entry + 1, hashOf) }
        put(entry, hash)
    }

    private var mask: UInt32 { UInt32(truncatingIfNeeded: slots.count - 1) }

    private static func tag(of hash: UInt64, _ mask: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 32) & ~mask
    }

    private static func slots(for capacity: Int) -> [UInt32] {
        var count = 16
        while count < capacity * 2 { count *= 2 }
        return Array(repeating: 0, count: count)
    }

    private mutating func put(_ entry: Int, _ hash: UInt64) {
        let mask = mask
        var position = UInt32(truncatingIfNeeded: hash) & mask
        while slots[Int(position)] != 0 { position = (position + 1) & mask }
        slots[Int(position)] =
            Self.tag(of: hash, mask) | UInt32(truncatingIfNeeded: entry + 1)
    }

    /// Moves run by run, so that entries of one hash stay in their order.
    private mutating func grow(to capacity: Int, _ hashOf: (Int) -> UInt64) {
        let (old, oldMask) = (slots, Int(mask))
        slots = Self.slots(for: capacity)
        let start = old.firstIndex(of: 0) ?? 0
        for step in 0..<old.count {
            let slot = old[(start + step) & oldMask]
            if slot == 0 { continue }
            let entry = (Int(slot) & oldMask) - 1
            put(entry, hashOf(entry))
        }
    }
}

// Hashing.
extension HashIndex {
    /// The upper half depends on every byte as much as the lower one.
    static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(key)
        var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        var position = 0
        while position + 8 <= bytes.count {
            hash = mixed(hash ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            position += 8
        }
        var rest: UInt64 = 0
        while position < bytes.count {
            rest = rest << 8 | UInt64(bytes[position])
            position += 1
        }
        return mixed(mixed(hash ^ rest))
    }

    static func hash(_ key: [UInt8]) -> UInt64 { key.withUnsafeBufferPointer { hash($0) } }

    /// Both halves of a product of 128 bits: each bit of it depends on many.
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: factor)
        return product.high ^ product.low
    }

    private static let seed = UInt64.random(in: 0...UInt64.max)
    private static let factor = UInt64.random(in: 1 << 63...UInt64.max) | 1
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are the same bytes.
    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard let start = baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, count) == 0
    }
}
