import Glibc

/// Ends the process unless something is so. Unlike `precondition` it says what, optimized or not.
func expect(_ isSo: Bool, _ what: @autoclosure () -> String) {
    guard !isSo else { return }
    var words = "does not hold: \(what())\n"
    words.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
}
