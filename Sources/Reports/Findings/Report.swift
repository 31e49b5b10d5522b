/// A report that can be written.
package protocol Report: Sendable {
    /// Writes the whole report, in pieces, as UTF-8.
    ///
    /// - Throws: what the sink throws; nothing else.
    func write(to sink: inout some ReportSink) throws
}

/// Where a report goes.
package protocol ReportSink {
    /// Takes the next bytes. Pieces come in order and are not empty.
    mutating func write(_ bytes: [UInt8]) throws
}

/// How much of a report's findings people are shown; machines get all.
package enum ReportLimits {
    /// Findings in text and HTML: nobody reads further, and a page must still open.
    package static let findingsShownMax = 1_000
    /// Causes under "fix these first".
    package static let groupsShownMax = 10
    /// Bytes gathered before they go to the sink.
    static let pieceSize = 64 << 10
}

/// Gathers a report's text into pieces worth writing.
struct ReportBuffer {
    private var bytes: [UInt8] = []
    private var passedSize = 0

    /// Of all that was appended so far, in bytes.
    var size: Int { passedSize + bytes.count }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    /// Hands a full piece on.
    mutating func pass(to sink: inout some ReportSink) throws {
        if bytes.count >= ReportLimits.pieceSize { try flush(to: &sink) }
    }

    mutating func flush(to sink: inout some ReportSink) throws {
        if bytes.isEmpty { return }
        try sink.write(bytes)
        passedSize += bytes.count
        bytes.removeAll(keepingCapacity: true)
    }
}
