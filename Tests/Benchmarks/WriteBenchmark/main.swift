import Glibc
import XLSX
import Zip

// write-benchmark ROWS OUT.xlsx: writes customers, eight columns, and says how long that took.
// ROWGATE_THREADS: how many threads work; 1 when it is not set.

let arguments = CommandLine.arguments
guard arguments.count == 3, let rowCount = Int(arguments[1]) else {
    print("write-benchmark ROWS OUT.xlsx")
    exit(64)
}
let threadCount = getenv("ROWGATE_THREADS").flatMap { Int(String(cString: $0)) } ?? 1
let descriptor = open(arguments[2], O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
let clock = ContinuousClock()
let elapsed = try clock.measure {
    let sink = FileSink(descriptor: descriptor)
    try CustomerRows(count: rowCount).write(to: sink, threadCount: threadCount)
}
close(descriptor)
var usage = rusage()
getrusage(RUSAGE_SELF.rawValue, &usage)
let milliseconds = elapsed / .milliseconds(1)
let peak = usage.ru_maxrss / 1024
print("rowgate rows=\(rowCount) seconds=\(milliseconds.rounded() / 1000) peak_mb=\(peak)")
