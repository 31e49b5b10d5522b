import Testing

@testable import Validation

struct EditDistanceTests {
    @Test(arguments: [
        ("acme", "acme"), ("acme", "acmee"), ("acme", "cme"), ("acme", "acne"), ("acme", "amce"),
        ("acme", "acem"), ("", "a"), ("a", "b"), ("ab", "ba"), ("aab", "ab"), ("acme", "xacme"),
    ])
    func `one slip or none`(left: String, right: String) {
        #expect(EditDistance.isAtMostOne(Array(left.utf8), Array(right.utf8)))
        #expect(EditDistance.isAtMostOne(Array(right.utf8), Array(left.utf8)))
    }

    @Test(arguments: [
        ("acme", "acmeee"), ("acme", "acxx"), ("acme", "caem"), ("", "ab"), ("abc", "cab"),
        ("abcd", "badc"), ("abc", "xbz"), ("ab", "bca"),
    ])
    func `two slips or more`(left: String, right: String) {
        #expect(!EditDistance.isAtMostOne(Array(left.utf8), Array(right.utf8)))
        #expect(!EditDistance.isAtMostOne(Array(right.utf8), Array(left.utf8)))
    }

    @Test(arguments: ["", "a", "ab", "aba", "abca"])
    func `the neighbours are all that is one slip away`(text: String) {
        let key = Array(text.utf8)
        let alphabet = Array("abc".utf8)
        var neighbours: Set<[UInt8]> = []
        EditDistance.forEachNeighbour(of: key, alphabet: alphabet) {
            neighbours.insert($0)
            return true
        }
        let near = all(upTo: key.count + 1, alphabet).filter {
            $0 != key && EditDistance.isAtMostOne($0, key)
        }
        #expect(neighbours.subtracting([key]) == Set(near))
    }

    /// Every text of an alphabet with so many letters or fewer.
    private func all(upTo count: Int, _ alphabet: [UInt8]) -> [[UInt8]] {
        var all: [[UInt8]] = [[]]
        var last = all
        for _ in 0..<count {
            last = last.flatMap { text in alphabet.map { text + [$0] } }
            all += last
        }
        return all
    }
}
