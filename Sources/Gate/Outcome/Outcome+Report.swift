import Catalogue
import Crypto
import Glibc
import Provisioning
import Reports

extension Outcome {
    var report: JSONReport {
        get throws {
            try JSONReport(
                try judgement.facts(effects: effects, tellsDigests: true), messages: messages)
        }
    }

    /// What is found, in another language.
    func report(in language: String) throws -> JSONReport {
        try JSONReport(
            try judgement.facts(effects: effects, tellsDigests: false),
            messages: try Messages(language: language))
    }

    /// SHA-256 of the report, in hex: the same as long as counts, effects and problems are.
    package func reportDigest() throws -> String {
        var sink = HashSink()
        try report.write(to: &sink)
        return sink.hash.finalize().hex
    }

    /// Writes the report alone, in every language, for a workbook that could not be judged.
    ///
    /// - Throws: `OutputError`.
    package func writeReport(toFolder path: String) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw OutputError.system(path) }
        var files = OutcomeFiles(folder: path)
        try files.write("report.json", try report)
        for language in Messages.languages where language != messages.language {
            try files.write("report-\(language).json", try report(in: language))
        }
    }
}

private struct HashSink: ReportSink {
    var hash = SHA256()

    mutating func write(_ bytes: [UInt8]) { hash.update(data: bytes) }
}
