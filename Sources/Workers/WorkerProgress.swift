import Glibc

/// How far a worker has come, told over a pipe: a line `rows N` now and then.
package final class WorkerProgress {
    /// The descriptor at which a worker finds the pipe.
    package static let descriptor: Int32 = 3

    private let isThere: Bool
    private var lastTold: ContinuousClock.Instant?

    /// - Parameter descriptor: where the pipe is; nothing is told when there is none.
    package init(to descriptor: Int32 = WorkerProgress.descriptor) {
        var status = stat()
        isThere = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        // For the whole process, which is a worker's own: nothing else runs in it, and a parent
        // that stops listening should not end it. Whatever else it writes to a closed pipe fails
        // with an error instead.
        if isThere { signal(SIGPIPE, SIG_IGN) }
    }

    /// Tells the number of rows read so far, at most ten times a second.
    package func tell(rows: Int) {
        guard isThere else { return }
        let now = ContinuousClock.now
        if let lastTold, lastTold.duration(to: now) < .milliseconds(100) { return }
        lastTold = now
        let line = Array("rows \(rows)\n".utf8)
        // Nobody listening any more is nobody to tell.
        _ = line.withUnsafeBytes { write(Self.descriptor, $0.baseAddress, $0.count) }
    }

    /// Reads the last whole line of what came over the pipe.
    static func rows(in text: [UInt8]) -> Int? {
        let lines = String(decoding: text, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        return lines.dropLast().last { $0.hasPrefix("rows ") }.flatMap { Int($0.dropFirst(5)) }
    }
}
