import Glibc

/// Rows read so far, on a terminal only; in a pipe it stays silent.
final class ProgressBar {
    /// Columns of the bar itself.
    private static let width = 24

    private let isShown: Bool
    private var lastShown: ContinuousClock.Instant?
    private var position = 0

    init() { isShown = Console.isErrorTerminal }

    /// Shows a number of rows, at most ten times a second. How many there are in all is known only
    /// at the end, so the bar runs.
    func show(rows: Int) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastShown, lastShown.duration(to: now) < .milliseconds(100) { return }
        lastShown = now
        position = (position + 1) % (Self.width - 3)
        let bar =
            String(repeating: "·", count: position) + "███"
            + String(repeating: "·", count: Self.width - 3 - position)
        Console.write(Array("\r[\(bar)] \(rows) rows".utf8)[...], to: STDERR_FILENO)
    }

    /// Removes the bar.
    func finish() {
        guard isShown, lastShown != nil else { return }
        Console.write(Array("\r\u{1B}[K".utf8)[...], to: STDERR_FILENO)
    }
}
