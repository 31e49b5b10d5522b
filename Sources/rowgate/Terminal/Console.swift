import Foundation
import Gate
import Glibc

/// Standard output for data, standard error for everything that is said.
enum Console {
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether colour may be used on standard output: a terminal, and nobody objects
    /// (no-color.org).
    static var usesColour: Bool {
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }

    /// Says something on standard error.
    static func say(_ text: String) { write(Array((text + "\n").utf8)[...], to: STDERR_FILENO) }

    /// - Returns: false when nobody reads any more or the disk is full.
    @discardableResult
    static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32 = STDOUT_FILENO) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

extension Console {
    /// Prints a line of data on standard output.
    ///
    /// - Throws: `OutputError` when it can't be written.
    static func print(_ line: String) throws(OutputError) {
        try put(Array((line + "\n").utf8)[...])
    }

    /// Writes data on standard output. That nobody reads any more is no error.
    ///
    /// - Throws: `OutputError` when it can't be written.
    static func put(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        guard !write(bytes), errno != EPIPE else { return }
        throw OutputError(.cannotWrite(errno: errno), path: "standard output")
    }
}
