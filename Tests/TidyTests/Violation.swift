/// A house rule that is not kept: where, and which.
struct Violation: Equatable, Sendable, CustomStringConvertible {
    let path: String
    /// Counted from 1.
    let line: Int
    let reason: String

    var description: String { "\(path):\(line): \(reason)" }
}
