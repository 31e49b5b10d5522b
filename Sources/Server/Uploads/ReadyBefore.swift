import Ledger

/// What an upload is a newer try of, where rows are ready there that wait for an approval and are
/// not in it.
struct ReadyBefore: Sendable {
    let upload: SiteUpload
    let count: Int
}

extension SiteConfiguration {
    /// - Returns: nil where all that was ready is approved, or comes again.
    func readyBefore(_ upload: SiteUpload, in memory: any SiteMemory) throws -> ReadyBefore? {
        guard let id = upload.predecessor,
            let earlier = try memory.upload(id, of: upload.reseller),
            earlier.state == .judged, earlier.standing == .open,
            let before = UploadReport.Head(folder: "\(uploadFolder(id))/check")?.counts,
            let now = UploadReport.Head(folder: "\(uploadFolder(upload.id))/check")?.counts,
            before.accepted > 0, now.rows < before.rows
        else { return nil }
        return ReadyBefore(upload: earlier, count: before.accepted)
    }
}
