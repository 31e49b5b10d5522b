import Testing

@testable import Validation

struct HashIndexTests {
    @Test func `rows of a hash come in the order of inserting`() {
        var index = HashIndex()
        for row in [3, 1, 2] { index.insert(row, hash: 7) }
        index.insert(9, hash: 8)
        #expect(Array(index.rows(of: 7)) == [3, 1, 2])
        #expect(Array(index.rows(of: 8)) == [9])
        #expect(Array(index.rows(of: 9)) == [])
    }

    @Test func `an empty index has no rows`() {
        #expect(Array(HashIndex().rows(of: 0)) == [])
        #expect(HashIndex().shared == [])
        #expect(HashIndex().count == 0)
    }

    /// Multiples of a large power of two all want the same slot.
    @Test(arguments: [1 as UInt64, 1 << 40])
    func `growing loses nothing`(step: UInt64) {
        var index = HashIndex()
        for row in 0..<1_000 { index.insert(row, hash: UInt64(row % 500) &* step) }
        #expect(index.count == 1_000)
        for row in 0..<500 {
            #expect(Array(index.rows(of: UInt64(row) &* step)) == [row, row + 500])
        }
    }

    @Test func `only hashes with two rows are shared`() {
        var index = HashIndex(capacity: 4)
        for (row, hash) in ([5, 6, 5, 7, 5, 6] as [UInt64]).enumerated() {
            index.insert(row, hash: hash)
        }
        #expect(Set(index.shared) == [[0, 2, 4], [1, 5]])
    }

    @Test func `a hundred thousand rows of one hash take no time`() {
        let duration = ContinuousClock().measure {
            var index = HashIndex()
            for row in 0..<100_000 { index.insert(row, hash: 1) }
            #expect(index.shared.first?.count == 100_000)
        }
        #expect(duration < .seconds(2))
    }

    @Test func `equal keys have equal hashes`() {
        let key = Array("acme".utf8)
        #expect(HashIndex.hash(key) == HashIndex.hash(Array("acme".utf8)))
        #expect(HashIndex.hash(key) != HashIndex.hash(Array("acmf".utf8)))
    }
}
