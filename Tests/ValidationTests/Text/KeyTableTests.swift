import Testing

@testable import Validation

struct KeyTableTests {
    @Test func `a key has the position at which it came first`() {
        var table = KeyTable()
        let keys: [[UInt8]] = (0..<500).map { Array("key \($0 % 250)".utf8) }
        for (number, key) in keys.enumerated() {
            let (position, isNew) = table.add(key)
            #expect(position == number % 250)
            #expect(isNew == (number < 250))
        }
        #expect(table.count == 250)
        #expect(keys.map { table.position(of: $0) } == (0..<500).map { $0 % 250 })
    }

    @Test func `keys are told apart by all of their bytes`() {
        var table = KeyTable()
        for key: [UInt8] in [[1], [], [1, 0], [0]] { table.add(key) }
        #expect(table.count == 4)
        #expect(table.position(of: []) == 1)
        #expect(table.position(of: [1, 0]) == 2)
        #expect(table.position(of: [0, 1]) == nil)
    }
}
