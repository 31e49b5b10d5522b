import Synchronization

/// How much of an archive is inflated, all readers together.
///
/// An entry counts once, with its declared size (readers stop there): that it is opened again is
/// our own doing, not the file's.
final class InflationBudget: Sendable {
    private struct State {
        var opened: Set<UInt64> = []
        var spent: UInt64 = 0
    }

    private let sizeMax: UInt64
    private let state = Mutex(State())

    init(sizeMax: UInt64) {
        self.sizeMax = sizeMax
    }

    /// - Throws: `inflatedTooLarge`.
    func spend(on entry: ZipEntry) throws(ZipError) {
        let total = state.withLock { state in
            guard !state.opened.contains(entry.dataOffset) else { return state.spent }
            // Sizes are below 2^63 and refused ones are not added, so this cannot overflow.
            let total = state.spent + entry.size
            if total <= sizeMax {
                state.opened.insert(entry.dataOffset)
                state.spent = total
            }
            return total
        }
        guard total <= sizeMax else {
            throw ZipError(
                .inflatedTooLarge, entry: entry.name, found: "\(total) bytes in all entries read",
                expected: "at most \(sizeMax)")
        }
    }
}
