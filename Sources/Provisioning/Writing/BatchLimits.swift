/// Sizes of batches.
package enum BatchLimits {
    /// Operations in one file: enough for almost every import, few enough to look at and to send in
    /// one go.
    package static let operationCountMax = 10_000
    /// Other rows of its sheet that an operation names one by one as what it waits for. Where there
    /// are more it waits for all of that kind: else a large file's lines grew with its square.
    static let dependencyCountMax = 100
    /// Bytes collected before they are handed on: so many that a file takes them as they are, and
    /// collects none itself.
    static let bufferSize = 1 << 18

    /// `batch-0001.jsonl`, counted from 1; from the ten-thousandth on with more digits.
    static func fileName(_ number: Int) -> String {
        let digits = String(number)
        return "batch-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            + ".jsonl"
    }
}
