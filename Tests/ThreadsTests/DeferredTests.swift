import Synchronization
import Testing

@testable import Threads

@Suite("Deferred values")
struct DeferredTests {
    @Test(arguments: [false, true])
    func `a value is made once, however often it is asked for`(ahead: Bool) {
        let count = Atomic<Int>(0)
        let deferred = Deferred { count.add(1, ordering: .relaxed).newValue }
        if ahead {
            deferred.begin()
            deferred.begin()
        }
        #expect([deferred.value, deferred.value] == [1, 1])
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test func `nothing is made before it is wanted`() {
        let count = Atomic<Int>(0)
        do { _ = Deferred { count.add(1, ordering: .relaxed) } }
        #expect(count.load(ordering: .relaxed) == 0)
    }

    @Test func `what was begun is made on another thread, what was not on the caller's`() {
        let caller = ThreadID.current
        let begun = Deferred { ThreadID.current }
        begun.begin()
        #expect(begun.value != caller)
        #expect(Deferred { ThreadID.current }.value == caller)
    }

    @Test func `several may wait for it`() {
        let deferred = Deferred { OrderedWorkTests.toil(7) }
        let work = OrderedWork(threadCount: 3) { (_: Int) in deferred.value }
        for piece in 0..<6 { work.submit(piece) }
        while let value = work.next() { #expect(value == OrderedWorkTests.toil(7)) }
    }
}
