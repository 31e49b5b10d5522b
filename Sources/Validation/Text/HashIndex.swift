import Glibc

/// Entries by the hash of their keys: which of them may have the same one.
///
/// Keys are not kept, and of a hash only what a slot of four bytes has room for beside its entry.
/// So what is found is a candidate, and the caller compares the keys themselves. The hash is seeded
/// anew in each process: nobody can prepare a file of colliding keys.
struct HashIndex: Sendable {
    /// 0 is free. Else the entry and 1 in the lower bits, of which there are as many as a position
    /// in `slots` has, and above them the upper bits of the hash. At most two thirds are filled.
    private var slots: [UInt32]

    /// - Parameter capacity: entries below it need no growing.
    init(capacity: Int = 0) { slots = Self.slots(for: capacity) }

    /// The first entry, in the order of inserting, that has a hash and is the one that is meant.
    @inline(__always)
    func first(of hash: UInt64, where isMeant: (Int) -> Bool) -> Int? {
        let mask = entryMask
        let tag = Self.tag(of: hash, mask)
        var position = home(of: hash)
        while slots[position] != 0 {
            let slot = slots[position]
            if slot & ~mask == tag, isMeant(Int(slot & mask) - 1) { return Int(slot & mask) - 1 }
            position = self.position(after: position)
        }
        return nil
    }

    /// Adds an entry, a number from 0.
    ///
    /// - Parameter hashOf: the hash of an entry that is there; asked when the index must grow.
    @inline(__always)
    mutating func insert(_ entry: Int, hash: UInt64, hashOf: (Int) -> UInt64 = { _ in 0 }) {
        if isFull(for: entry) { grow(hashOf) }
        put(entry, hash)
    }

    /// Whether it must grow for an entry.
    func isFull(for entry: Int) -> Bool { (entry + 1) * 3 > slots.count * 2 }

    /// Makes room for twice as many. Moves run by run, so that entries of one hash stay in their
    /// order.
    mutating func grow(_ hashOf: (Int) -> UInt64) {
        let (old, oldMask) = (slots, entryMask)
        slots = Self.slots(for: old.count * 4 / 3)
        let start = old.firstIndex(of: 0) ?? 0
        for slot in [old[start...], old[..<start]].joined() where slot != 0 {
            let entry = Int(slot & oldMask) - 1
            put(entry, hashOf(entry))
        }
    }

    private static func slots(for capacity: Int) -> [UInt32] {
        Array(repeating: 0, count: max(16, capacity * 3 / 2 + 3))
    }

    private mutating func put(_ entry: Int, _ hash: UInt64) {
        var position = home(of: hash)
        while slots[position] != 0 { position = self.position(after: position) }
        slots[position] = Self.tag(of: hash, entryMask) | UInt32(truncatingIfNeeded: entry + 1)
    }

    /// The bits of a slot that hold an entry.
    private var entryMask: UInt32 {
        .max
            >> UInt32(
                truncatingIfNeeded: UInt32(truncatingIfNeeded: slots.count).leadingZeroBitCount)
    }

    private static func tag(of hash: UInt64, _ mask: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 32) & ~mask
    }

    /// Where the search for a hash begins: its lower half, spread over all slots.
    @inline(__always)
    private func home(of hash: UInt64) -> Int {
        let low = UInt64(UInt32(truncatingIfNeeded: hash))
        return Int((low * UInt64(truncatingIfNeeded: slots.count)) >> 32)
    }

    @inline(__always)
    private func position(after position: Int) -> Int {
        position + 1 == slots.count ? 0 : position + 1
    }
}

// Hashing.
extension HashIndex {
    /// The upper half depends on every byte as much as the lower one.
    static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let secret = secret
        let bytes = UnsafeRawBufferPointer(key)
        var hash = secret.seed ^ UInt64(truncatingIfNeeded: bytes.count)
        guard bytes.count >= 8 else {
            var rest: UInt64 = 0
            for byte in bytes { rest = rest << 8 | UInt64(byte) }
            return mixed(mixed(hash ^ rest, secret.factor), secret.factor)
        }
        var position = 0
        while position + 8 < bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            hash = mixed(hash ^ word, secret.factor)
            position += 8
        }
        // The last eight bytes, whether or not some of them were taken before.
        let last = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
        return mixed(mixed(hash ^ last, secret.factor), secret.factor)
    }

    static func hash(_ key: [UInt8]) -> UInt64 { key.withUnsafeBufferPointer { hash($0) } }

    /// Both halves of a product of 128 bits: each bit of it depends on many.
    @inline(__always)
    private static func mixed(_ value: UInt64, _ factor: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: factor)
        return product.high ^ product.low
    }

    /// Together, so that a hash asks once whether they are made.
    private static let secret = (
        seed: UInt64.random(in: 0...UInt64.max),
        factor: UInt64.random(in: 1 << 63...UInt64.max) | 1
    )
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
