import Synchronization
import Testing

@testable import Threads

@Suite("Ordered work")
struct OrderedWorkTests {
    /// Work of very different length: the busy ones must not be overtaken in the output.
    static func toil(_ number: Int) -> Int {
        var value = number
        for _ in 0..<(number % 7 == 0 ? 40_000 : 10) { value = (value &* 31 &+ 7) % 1_000_003 }
        return value
    }

    private static func run(_ pieces: Range<Int>, threadCount: Int) -> [Int] {
        let work = OrderedWork(threadCount: threadCount) { (number: Int) in toil(number) }
        var results: [Int] = []
        for piece in pieces {
            if work.isFull, let result = work.next() { results.append(result) }
            work.submit(piece)
        }
        while let result = work.next() { results.append(result) }
        return results
    }

    @Test(arguments: [0, 1, 2, 3, 4, 8])
    func `results come in the order of the pieces, whatever the number of threads`(threads: Int) {
        #expect(Self.run(0..<500, threadCount: threads) == (0..<500).map(Self.toil))
    }

    @Test func `one thread does everything on the caller's`() {
        let caller = ThreadID.current
        let work = OrderedWork(threadCount: 1) { (_: Int) in ThreadID.current == caller }
        for piece in 0..<20 { work.submit(piece) }
        while let isCallers = work.next() { #expect(isCallers) }
    }

    @Test func `several threads work at once`() {
        // Two pieces that each wait for the other to have begun end only when both are in work.
        let begun = Atomic<Int>(0)
        let work = OrderedWork(threadCount: 2) { (_: Int) in
            begun.add(1, ordering: .relaxed)
            while begun.load(ordering: .relaxed) < 2 {}
        }
        work.submit(0)
        work.submit(1)
        #expect(work.next() != nil && work.next() != nil && work.next() == nil)
    }

    @Test func `work that nobody takes ends with its object`() {
        let count = Atomic<Int>(0)
        do {
            let work = OrderedWork(threadCount: 3) { (_: Int) in
                count.add(1, ordering: .relaxed)
            }
            for piece in 0..<6 { work.submit(piece) }
        }
        let after = count.load(ordering: .relaxed)
        #expect(after <= 6)
        #expect(count.load(ordering: .relaxed) == after)
    }

    @Test(arguments: [(1, 1), (2, 4), (4, 8)])
    func `as many pieces are under way as the threads need`(threads: Int, most: Int) {
        let work = OrderedWork(threadCount: threads) { (number: Int) in number }
        for piece in 0..<most {
            #expect(!work.isFull)
            work.submit(piece)
        }
        #expect(work.isFull)
        _ = work.next()
        #expect(!work.isFull)
    }
}
