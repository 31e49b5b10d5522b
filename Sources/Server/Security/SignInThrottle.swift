/// Lets nobody try passwords one after the other: from the fifth wrong one on each costs twice the
/// wait of the one before, for an address as for a machine. Nobody is locked out for good.
actor SignInThrottle {
    private static let freeCount = 4
    private static let waitMax = 900
    /// Names that are remembered; beyond them those that may try again go.
    private static let entryCountMax = 10_000

    private struct Entry {
        var failureCount = 0
        var freeAt = 0
    }

    private var entries: [String: Entry] = [:]

    /// Counts a try, as a wrong one until it is known to be right: many at once are as many.
    ///
    /// - Returns: seconds until any of the names may try; 0 when now, and counted.
    func attempt(_ names: [String], at time: Int) -> Int {
        let wait = names.map { max(0, (entries[$0]?.freeAt ?? 0) - time) }.max() ?? 0
        if wait == 0 { count(names, at: time) }
        return wait
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
    func succeeded(_ name: String, from machine: String) {
        entries[name] = nil
        guard var entry = entries[machine] else { return }
        entry.failureCount -= 1
        if entry.failureCount <= Self.freeCount { entry.freeAt = 0 }
        entries[machine] = entry.failureCount > 0 ? entry : nil
    }
}
