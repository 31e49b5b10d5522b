/// The pieces of `OrderedWork`, oldest first, shared by its threads.
///
/// `@unchecked Sendable`: everything mutable is touched with the lock held; `work` is Sendable.
final class WorkQueue<Input: Sendable, Output: Sendable>: @unchecked Sendable {
    private enum Piece {
        case waiting(Input)
        case underWay
        case done(Output)
    }

    private let work: @Sendable (Input) -> Output
    private let lock = ThreadLock()
    private var pieces: [Piece] = []
    /// How many pieces were handed out; the piece at index 0 has this number.
    private var takenCount = 0
    /// The number of the first piece that nobody has begun.
    private var firstWaiting = 0
    private var isClosed = false

    init(_ work: @escaping @Sendable (Input) -> Output) { self.work = work }

    var count: Int { lock.withLock { pieces.count } }

    /// Adds a piece and returns how many are not done yet.
    func append(_ input: Input) -> Int {
        lock.withLock {
            pieces.append(.waiting(input))
            lock.signal()
            return pieces.count
        }
    }

    /// Ends every `serve`.
    func close() {
        lock.withLock {
            isClosed = true
            lock.signal()
        }
    }

    /// Does pieces until the queue is closed: what a thread of its own runs.
    func serve() {
        while let (number, input) = lock.withLock({ begin(orWait: true) }) {
            finish(number, with: work(input))
        }
    }

    /// The oldest result, done here when nobody else has begun something to wait for.
    func next() -> Output? {
        while true {
            switch lock.withLock({ step() }) {
            case .nothing: return nil
            case .result(let output): return output
            case .piece(let number, let input): finish(number, with: work(input))
            }
        }
    }

    private enum Step {
        case nothing
        case result(Output)
        case piece(Int, Input)
    }

    private func step() -> Step {
        while let oldest = pieces.first {
            if case .done(let output) = oldest {
                pieces.removeFirst()
                takenCount += 1
                return .result(output)
            }
            if let (number, input) = begin(orWait: false) { return .piece(number, input) }
            lock.wait()
        }
        return .nothing
    }

    /// Takes the first piece that nobody has begun; nil when there is none, or no more to come.
    private func begin(orWait waits: Bool) -> (number: Int, input: Input)? {
        while !isClosed {
            let index = firstWaiting - takenCount
            if index < pieces.count, case .waiting(let input) = pieces[index] {
                pieces[index] = .underWay
                firstWaiting += 1
                return (firstWaiting - 1, input)
            }
            guard waits else { return nil }
            lock.wait()
        }
        return nil
    }

    private func finish(_ number: Int, with output: Output) {
        lock.withLock {
            pieces[number - takenCount] = .done(output)
            lock.signal()
        }
    }
}
