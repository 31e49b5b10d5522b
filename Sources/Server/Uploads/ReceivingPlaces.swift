import HTTPTypes
import Synchronization

/// How many bodies are received at the same time: a bounded number, of which one reseller has a
/// part. Others wait for a moment, one reseller's after another's, and nobody reads theirs.
final class ReceivingPlaces: Sendable {
    private struct Waiting {
        let number: Int
        let turn: CheckedContinuation<Bool, Never>
    }

    private struct State {
        /// By reseller.
        var taken: [String: Int] = [:]
        var takenCount = 0
        /// Those that wait, by reseller; resellers in the order of their turns.
        var waiting: [String: [Waiting]] = [:]
        var turns: [String] = []
        var lastNumber = 0
    }

    private let countMax, ofResellerMax: Int
    private let wait: Duration
    private let state = Mutex(State())

    /// - Parameter wait: how long somebody waits for a place.
    init(
        countMax: Int = SiteLimits.receivingCountMax,
        ofResellerMax: Int = SiteLimits.receivingOfResellerMax,
        wait: Duration = .seconds(SiteLimits.receivingWaitSeconds)
    ) {
        (self.countMax, self.ofResellerMax, self.wait) = (countMax, ofResellerMax, wait)
    }

    /// Those that wait now, of all resellers.
    var waitingCount: Int { state.withLock { $0.waiting.values.reduce(0) { $0 + $1.count } } }

    /// Does something in a place, as soon as there is one.
    ///
    /// - Throws: `PageError` where there was none for too long.
    func hold<Result>(
        for reseller: String, _ body: (ReceivingPlace) async throws -> Result
    ) async throws -> Result {
        guard await take(for: reseller) else {
            throw PageError(.serviceUnavailable).beforeBody
        }
        let place = ReceivingPlace { [self] in giveBack(reseller) }
        let watch = Task { try await place.giveBackWhenSlow() }
        defer {
            watch.cancel()
            place.giveBack()
        }
        return try await body(place)
    }

    /// - Returns: false where there was no place for too long, or nobody wants it any more.
    private func take(for reseller: String) async -> Bool {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let timer = Task {
            try await Task.sleep(for: wait)
            giveUp(number)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    if canTake(reseller, state) {
                        state.taken[reseller, default: 0] += 1
                        state.takenCount += 1
                        return true
                    }
                    if state.waiting[reseller] == nil { state.turns.append(reseller) }
                    state.waiting[reseller, default: []].append(
                        Waiting(number: number, turn: turn))
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    private func canTake(_ reseller: String, _ state: State) -> Bool {
        state.takenCount < countMax && state.taken[reseller, default: 0] < ofResellerMax
    }

    private func giveBack(_ reseller: String) {
        let next = state.withLock { state -> Waiting? in
            let left = state.taken[reseller, default: 1] - 1
            state.taken[reseller] = left == 0 ? nil : left
            state.takenCount -= 1
            // One place became free: at most one who waits gets it.
            guard let at = state.turns.firstIndex(where: { canTake($0, state) }) else {
                return nil
            }
            let reseller = state.turns.remove(at: at)
            guard var queue = state.waiting[reseller], !queue.isEmpty else { return nil }
            let first = queue.removeFirst()
            state.waiting[reseller] = queue.isEmpty ? nil : queue
            if !queue.isEmpty { state.turns.append(reseller) }
            state.taken[reseller, default: 0] += 1
            state.takenCount += 1
            return first
        }
        next?.turn.resume(returning: true)
    }

    /// Lets somebody go who waited for too long.
    private func giveUp(_ number: Int) {
        let gone = state.withLock { state -> Waiting? in
            for (reseller, queue) in state.waiting {
                guard let at = queue.firstIndex(where: { $0.number == number }) else { continue }
                let gone = state.waiting[reseller]?.remove(at: at)
                if queue.count == 1 {
                    state.waiting[reseller] = nil
                    state.turns.removeAll { $0 == reseller }
                }
                return gone
            }
            return nil
        }
        gone?.turn.resume(returning: false)
    }
}

/// A place of a body that is received.
///
/// Whoever sends too slowly loses it, and nothing else: a place is for those who use it, and what a
/// slow body takes of the machine is what one takes that waits.
final class ReceivingPlace: Sendable {
    private struct State {
        var isHeld = true
        var isWhole = false
        /// Bytes that came since the last look.
        var size = 0
    }

    private let state = Mutex(State())
    private let end: @Sendable () -> Void

    /// - Parameter end: called once, when it is given back.
    init(_ end: @escaping @Sendable () -> Void) { self.end = end }

    /// Bytes came.
    func note(_ size: Int) { state.withLock { $0.size += size } }

    /// Nothing more is to come: what is still done takes the time that it takes.
    func noteEnd() { state.withLock { $0.isWhole = true } }

    func giveBack() {
        let wasHeld = state.withLock { state in
            defer { state.isHeld = false }
            return state.isHeld
        }
        if wasHeld { end() }
    }

    /// Looks at it until it is slow.
    ///
    /// - Throws: when nobody is to look any more.
    func giveBackWhenSlow() async throws {
        let seconds = SiteLimits.receivingLookSeconds
        while true {
            try await Task.sleep(for: .seconds(seconds))
            let isSlow = state.withLock { state in
                defer { state.size = 0 }
                return !state.isWhole && state.size < seconds * SiteLimits.bodyBytesPerSecond
            }
            if isSlow { return giveBack() }
        }
    }
}
