import Foundation

/// What a worker needs of the environment.
enum WorkerEnvironment {
    /// By the beginnings of its names: how to find the libraries it is linked with, where temporary
    /// files go, and our own.
    private static let names = ["LD_LIBRARY_PATH=", "TMPDIR=", "NO_COLOR=", "ROWGATE_"]

    /// `NAME=value`.
    static var inherited: [String] {
        ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
            .filter { variable in names.contains { variable.hasPrefix($0) } }
    }
}
