/// Does pieces of work on several threads and hands the results out in the order of the pieces.
///
///     let work = OrderedWork(threadCount: 2) { piece in parse(piece) }
///     while let piece = try cutNext() {
///         if work.isFull, let rows = work.next() { take(rows) }
///         work.submit(piece)
///     }
///     while let rows = work.next() { take(rows) }
///
/// The caller is one of the threads: while the next result is not there, `next` does a piece
/// itself. So one thread means no other threads at all, and the results are the same for any
/// number. Threads are started when there is more to do than the caller can, and end with the
/// object, which belongs to one thread.
package final class OrderedWork<Input: Sendable, Output: Sendable> {
    /// Pieces under way for each thread: one in work, one waiting.
    private static var piecesPerThread: Int { 2 }

    private let queue: WorkQueue<Input, Output>
    private let threadCount: Int
    private var threads: [WorkerThread] = []

    /// - Parameters:
    ///   - threadCount: threads at work, the caller's included; at least 1.
    ///   - work: what is done with a piece; it must not depend on other pieces.
    package init(threadCount: Int, _ work: @escaping @Sendable (Input) -> Output) {
        self.threadCount = max(1, threadCount)
        queue = WorkQueue(work)
    }

    deinit {
        queue.close()
        for thread in threads { thread.join() }
    }

    /// Whether as many pieces are under way as memory should be spent on: take a result first.
    package var isFull: Bool {
        queue.count >= (threadCount == 1 ? 1 : threadCount * Self.piecesPerThread)
    }

    /// Hands a piece in.
    package func submit(_ input: Input) {
        let count = queue.append(input)
        guard count > threads.count + 1, threads.count + 1 < threadCount else { return }
        if let thread = WorkerThread(running: { [queue] in queue.serve() }) {
            threads.append(thread)
        }
    }

    /// The result of the oldest piece whose result was not taken yet; nil when there is none.
    package func next() -> Output? { queue.next() }
}
