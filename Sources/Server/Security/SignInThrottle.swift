/// Lets nobody try passwords one after the other: from the fifth wrong one on each costs twice the
/// wait of the one before, for an address as for a machine. Nobody is locked out for good.
///
/// Who tries from many machines at many accounts is held by what the whole site takes: so many
/// wrong ones at once, and so many a second. That is more than people mistype on a busy morning,
/// and who has signed in from the same machine before is let through whatever others try.
actor SignInThrottle {
    private static let freeCount = 4
    private static let waitMax = 900
    /// Names that are remembered; beyond them those that may try again go.
    private static let entryCountMax = 10_000

    /// Why somebody waits.
    struct Wait: Equatable {
        /// 0: they need not.
        var seconds = 0
        /// Whether others are the reason.
        var isOfSite = false
    }

    private struct Entry {
        var failureCount = 0
        var freeAt = 0
    }

    private var entries: [String: Entry] = [:]
    /// Who has signed in from where, and when last.
    private var familiar: [String: Int] = [:]
    /// Tries that the whole site takes, and since when.
    private var left = SiteLimits.signInBurst
    private var filledAt = 0

    /// Counts a try, as a wrong one until it is known to be right: many at once are as many.
    ///
    /// - Parameter names: the account's, and the machine's where one is told from another.
    /// - Returns: how long none of the names may try; where they may, it is counted.
    func attempt(_ names: [String], at time: Int) -> Wait {
        let seconds = names.map { max(0, (entries[$0]?.freeAt ?? 0) - time) }.max() ?? 0
        if seconds > 0 { return Wait(seconds: seconds) }
        if familiar[Self.pair(names)] == nil {
            let more = max(0, time - filledAt) * SiteLimits.signInsPerSecond
            left = min(SiteLimits.signInBurst, left + min(more, SiteLimits.signInBurst))
            filledAt = max(filledAt, time)
            guard left > 0 else {
                return Wait(seconds: SiteLimits.signInWaitSeconds, isOfSite: true)
            }
            left -= 1
        }
        count(names, at: time)
        return Wait()
    }

    private func count(_ names: [String], at time: Int) {
        if entries.count > Self.entryCountMax {
            entries = entries.filter { $0.value.freeAt > time }
        }
        for name in names {
            var entry = entries[name] ?? Entry()
            entry.failureCount += 1
            let excess = entry.failureCount - Self.freeCount
            if excess > 0 { entry.freeAt = time + min(1 << min(excess, 20), Self.waitMax) }
            entries[name] = entry
        }
    }

    /// Takes a try back that was right; what was wrong at the machine before stays.
    func succeeded(_ names: [String], at time: Int) {
        if familiar.updateValue(time, forKey: Self.pair(names)) == nil {
            left = min(SiteLimits.signInBurst, left + 1)
            // Half of them go at once, so that it is seldom looked for the oldest.
            if familiar.count > Self.entryCountMax {
                let newest = familiar.sorted { $0.value > $1.value }.prefix(Self.entryCountMax / 2)
                familiar = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
            }
        }
        guard let name = names.first else { return }
        entries[name] = nil
        for machine in names.dropFirst() {
            guard var entry = entries[machine] else { continue }
            entry.failureCount -= 1
            if entry.failureCount <= Self.freeCount { entry.freeAt = 0 }
            entries[machine] = entry.failureCount > 0 ? entry : nil
        }
    }

    private static func pair(_ names: [String]) -> String { names.joined(separator: "\n") }
}
