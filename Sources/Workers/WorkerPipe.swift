import CProcess
import Glibc

/// A pipe from a worker, whose end in this process no other one inherits.
struct WorkerPipe: ~Copyable {
    private(set) var readEnd: Int32
    private(set) var writeEnd: Int32
    /// What came last.
    private(set) var bytes: [UInt8] = []

    init() throws(WorkerError) {
        var ends: [Int32] = [-1, -1]
        guard rowgate_pipe(&ends) == 0 else { throw .system("pipe") }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        if readEnd >= 0 { close(readEnd) }
        if writeEnd >= 0 { close(writeEnd) }
    }

    var isOpen: Bool { readEnd >= 0 }

    mutating func closeWriteEnd() {
        close(writeEnd)
        writeEnd = -1
    }

    /// Reads what is there, and keeps the last of it; at its end the pipe is closed.
    mutating func read(keeping countMax: Int) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(readEnd, &buffer, buffer.count)
        if count < 0 && errno == EINTR { return }
        guard count > 0 else {
            close(readEnd)
            readEnd = -1
            return
        }
        bytes += buffer[..<count]
        if bytes.count > countMax { bytes.removeFirst(bytes.count - countMax) }
    }
}
