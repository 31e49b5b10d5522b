import Foundation
import Gate
import JSON
import Ledger
import Validation

/// Files by which a preview is compared with the last try of the same upload, and the next one with
/// it.
struct PreviewFiles {
    /// Where it is said what became of the rows to fix of the last try; nil: nowhere.
    let since: String?
    /// What the preview of the last try left, where nobody approved that; nil: what is remembered
    /// says which was the last.
    let after: String?
    /// Where is left what the next try is compared with.
    let returns: String?

    /// - Parameter remembered: what became of the rows of the last try that was accepted.
    func write(
        _ judgement: Judgement,
        _ remembered: () throws -> (since: UploadID, progress: AttemptProgress)?
    ) throws {
        guard let values = judgement.values else { return }
        if let returns { try KeptFiles.writeReturns(values, to: returns) }
        guard let since else { return }
        if let after, let progress = try AttemptProgress(sinceReturnsAt: after, values) {
            try Self.write(progress, since: nil, to: since)
        } else if let found = try remembered() {
            try Self.write(found.progress, since: found.since, to: since)
        }
    }

    /// - Parameter last: nil for a try that was not accepted.
    private static func write(
        _ progress: AttemptProgress, since last: UploadID?, to path: String
    ) throws {
        let text = JSONWriter.object { json in
            json.member("upload", last.map { "\($0)" })
            json.member("fixed", progress.fixed)
            json.member("stillWrong", progress.stillWrong)
            json.member("newlyWrong", progress.newlyWrong)
            json.member("gone", progress.gone)
        }
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}
