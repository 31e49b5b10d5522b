import Testing

@testable import Validation

struct HashIndexTests {
    private func entries(_ index: HashIndex, of hash: UInt64) -> [Int] {
        var entries: [Int] = []
        _ = index.first(of: hash) { entry in
            entries.append(entry)
            return false
        }
        return entries
    }

    @Test func `entries of a hash come in the order of inserting`() {
        var index = HashIndex(capacity: 10)
        for entry in [3, 1, 2] { index.insert(entry, hash: 7) }
        index.insert(9, hash: 7 << 40)
        #expect(entries(index, of: 7) == [3, 1, 2])
        #expect(entries(index, of: 7 << 40) == [9])
        #expect(entries(index, of: 8 << 40) == [])
        #expect(index.first(of: 7) { $0 < 3 } == 1)
    }

    @Test func `an empty index has no entries`() {
        #expect(entries(HashIndex(), of: 0) == [])
    }

    /// Multiples of a large power of two all want the same slot.
    @Test(arguments: [1 as UInt64, 1 << 20, 1 << 32, 1 << 54])
    func `growing loses nothing and keeps the order`(step: UInt64) {
        var index = HashIndex()
        let hash = { (entry: Int) in UInt64(entry % 500) &* step }
        for entry in 0..<1_000 { index.insert(entry, hash: hash(entry), hashOf: hash) }
        for entry in 0..<500 {
            let found = entries(index, of: hash(entry)).filter { $0 % 500 == entry }
            #expect(found == [entry, entry + 500])
        }
    }

    @Test func `equal keys have equal hashes, others hardly ever`() {
        let keys = (0..<2_000).map {
            Array(String(repeating: "acme", count: $0 % 9).utf8) + [
                UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8),
            ]
        }
        #expect(keys.allSatisfy { HashIndex.hash($0) == HashIndex.hash(Array($0)) })
        #expect(Set(keys.map { HashIndex.hash($0) }).count == keys.count)
        #expect(Set(keys.map { HashIndex.hash($0) >> 40 }).count > keys.count - 10)
        #expect(Set(keys.map { HashIndex.hash($0) & 0xFF_FFFF }).count > keys.count - 10)
    }
}
