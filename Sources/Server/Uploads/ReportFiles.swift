import Foundation
import Ledger

/// Which of the reports that a worker left of an upload: what was found is told in the language of
/// whoever sent the workbook, and beside it in all others there are.
struct ReportFiles: Sendable {
    /// Of what is found: the reader's where it is there, as a worker of an earlier version left
    /// its sender's alone.
    let language: String
    private let folder: String
    private let suffix: String

    /// - Parameters:
    ///   - folder: the upload's.
    ///   - language: the reader's.
    init(of upload: SiteUpload, in folder: String, for language: String) {
        let suffix = "-\(language)"
        let isTranslated =
            language != upload.language
            && FileManager.default.fileExists(atPath: "\(folder)/check/report\(suffix).json")
        self.language = isTranslated ? language : upload.language
        self.suffix = isTranslated ? suffix : ""
        self.folder = folder
    }

    /// The one that is approved.
    static func report(in folder: String) -> String { "\(folder)/report.json" }

    var report: String { "\(folder)/check/report\(suffix).json" }

    /// The name under which a file of an outcome is kept for the reader: of the page to read there
    /// is one for each language, of all else one for everybody.
    func name(of file: String) -> String {
        let own = "report\(suffix).html"
        let isThere = FileManager.default.fileExists(atPath: "\(folder)/check/\(own)")
        return file == "report.html" && isThere ? own : file
    }

    /// Where each row begins in it.
    var rows: String { "\(folder)/check/rows\(suffix).tsv" }
    /// What resolves most of it.
    var summary: String { "\(folder)/summary\(suffix).json" }

    /// Whether a file of an outcome is for nobody but the pages.
    static func isForPages(_ name: String) -> Bool {
        name.wholeMatch(of: #/rows(-\w+)?\.tsv|report-\w+\.(json|html)/#) != nil
    }
}
