import Foundation
import Ledger

/// Why nothing could be made of a file.
struct UploadFailure: Sendable {
    let sentence: String
    let remedy: String
    /// Empty where there is none.
    let code: String
    /// The language of what was found in the file; nil where these are our own words.
    private(set) var language: String?

    /// - Parameter folder: the upload's.
    init(_ upload: SiteUpload, folder: String, _ texts: PageTexts) {
        if upload.state == .cancelled {
            sentence = texts("upload.called_off_sentence")
            remedy = texts("upload.called_off_remedy")
            code = ""
            return
        }
        let files = ReportFiles(of: upload, in: folder, for: texts.language)
        if let finding = UploadReport(files.report)?.findings.first(where: \.isError) {
            (sentence, remedy, code) = (finding.message, finding.remedy, finding.code)
            language = files.language
            return
        }
        let said = FileManager.default.contents(atPath: "\(folder)/said.txt") ?? Data()
        let first = String(decoding: said, as: UTF8.self).split(separator: "\n").first ?? ""
        let isCode = first.hasPrefix("worker.")
        sentence = texts(isCode ? "error.worker" : "error.ours")
        remedy = texts(isCode ? "error.worker_remedy" : "error.ours_remedy")
        code = isCode ? String(first) : ""
    }
}
