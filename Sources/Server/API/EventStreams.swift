import Synchronization

/// How many streams of events there are: a bounded number, and of nobody so many that others have
/// none.
final class EventStreams: Sendable {
    /// Held by one that is there.
    final class Place: Sendable {
        private let streams: EventStreams
        private let reseller: String

        fileprivate init(_ streams: EventStreams, _ reseller: String) {
            self.streams = streams
            self.reseller = reseller
        }

        deinit { streams.leave(reseller) }
    }

    private let counts = Mutex<[String: Int]>([:])

    /// - Returns: nil where there are too many.
    func enter(_ reseller: String) -> Place? {
        let isFree = counts.withLock { counts in
            let own = counts[reseller] ?? 0
            guard own < SiteLimits.streamsOfResellerMax,
                counts.values.reduce(0, +) < SiteLimits.streamCountMax
            else { return false }
            counts[reseller] = own + 1
            return true
        }
        return isFree ? Place(self, reseller) : nil
    }

    private func leave(_ reseller: String) {
        counts.withLock { counts in
            let rest = (counts[reseller] ?? 1) - 1
            counts[reseller] = rest > 0 ? rest : nil
        }
    }
}
