import Reports

/// Collects a report in memory.
struct Text: ReportSink {
    private var bytes: [UInt8] = []

    mutating func write(_ bytes: [UInt8]) { self.bytes += bytes }

    static func of(_ report: any Report) throws -> String {
        var text = Text()
        try report.write(to: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}
