import Foundation

/// How many threads a process works with.
enum ThreadCount {
    /// More bring nothing: inflating and joining happen on one.
    private static let countMax = 64

    /// `ROWGATE_THREADS`, else one for each core.
    ///
    /// - Throws: `UsageError` for anything but a number from 1 to 64.
    static func ofProcess() throws -> Int {
        let process = ProcessInfo.processInfo
        guard let text = process.environment["ROWGATE_THREADS"], !text.isEmpty else {
            return min(process.activeProcessorCount, countMax)
        }
        guard let count = Int(text), 1...countMax ~= count else {
            throw UsageError("ROWGATE_THREADS takes a number from 1 to \(countMax), not “\(text)”.")
        }
        return count
    }
}
