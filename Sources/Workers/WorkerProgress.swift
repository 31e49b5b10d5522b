package import Gate
import Glibc

/// How far a worker has come, told over a pipe: a line `reading 4096 51200 868133` now and then,
/// with the rows and bytes read and all bytes that will be.
package final class WorkerProgress {
    /// The descriptor at which a worker finds the pipe.
    package static let descriptor: Int32 = 3

    private let isThere: Bool
    private var last: (stage: GateProgress.Stage, moment: ContinuousClock.Instant)?

    /// - Parameter descriptor: where the pipe is; nothing is told when there is none.
    package init(to descriptor: Int32 = WorkerProgress.descriptor) {
        var status = stat()
        isThere = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        // For the whole process, which is a worker's own: nothing else runs in it, and a parent
        // that stops listening should not end it. Whatever else it writes to a closed pipe fails
        // with an error instead.
        if isThere { signal(SIGPIPE, SIG_IGN) }
    }

    /// Tells each stage as it begins, and within one at most ten times a second.
    package func tell(_ progress: GateProgress) {
        guard isThere else { return }
        let now = ContinuousClock.now
        if let last, last.stage == progress.stage,
            last.moment.duration(to: now) < .milliseconds(100)
        {
            return
        }
        last = (progress.stage, now)
        let line = Array("\(Self.line(progress))\n".utf8)
        // Nobody listening any more is nobody to tell.
        _ = line.withUnsafeBytes { write(Self.descriptor, $0.baseAddress, $0.count) }
    }

    static func line(_ progress: GateProgress) -> String {
        let counts = [progress.rowCount, progress.sizeRead, progress.size]
        return "\(progress.stage.rawValue) \(counts.map(String.init).joined(separator: " "))"
    }

    /// Reads the last whole line of what came over the pipe.
    static func last(in text: [UInt8]) -> GateProgress? {
        let lines = String(decoding: text, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        return lines.dropLast().reversed().lazy.compactMap(progress).first
    }

    private static func progress(_ line: Substring) -> GateProgress? {
        let words = line.split(separator: " ")
        let counts = words.dropFirst().compactMap { Int($0) }.filter { $0 >= 0 }
        guard let stage = words.first.flatMap({ GateProgress.Stage(rawValue: String($0)) }),
            words.count == 4, counts.count == 3
        else { return nil }
        return GateProgress(stage, rowCount: counts[0], sizeRead: counts[1], size: counts[2])
    }
}
