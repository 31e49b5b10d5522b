import Foundation
import Hummingbird
import Ledger
import Portals
import Spreadsheet

extension Site {
    func home(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let account = context.session?.account else {
            return signInPage(request, context, next: "")
        }
        let texts = PageTexts.of(context.language)
        let query = Form(request.uri.query ?? "")
        let (countMax, uploadCountMax) = (SiteLimits.listCountMax, SiteLimits.uploadsPerPage)
        let (number, uploadNumber) = try await homePages(query, account.reseller)
        let first = (number - 1) * countMax
        let view = try await Blocking.run { [self] in
            let uploads = try ledger.uploads(
                of: account.reseller, portal: nil, before: nil,
                skipping: (uploadNumber - 1) * uploadCountMax, countMax: uploadCountMax + 1)
            let open = try ledger.openUploads(
                of: account.reseller, skipping: first, countMax: countMax + 1)
            let batches = try ledger.openBatches(
                of: account.reseller, skipping: first, countMax: countMax + 1)
            let refused = try self.refused(of: open.prefix(countMax), account.reseller)
            return (uploads, open, batches, refused, try self.lists(of: account.reseller))
        }
        let (uploads, open, batches, refused, lists) = view
        let judged = Array(open.prefix(countMax))
        var waiting =
            self.waiting(judged, self.heads(of: judged), texts)
            + self.waiting(refused, texts) + self.waiting(Array(batches.prefix(countMax)), texts)
        // Of what is no upload's or batch's there is little: all of it stands on the first page.
        if number == 1 {
            waiting += try await waitingAtPortals(account.reseller, texts)
            waiting += self.waiting(lists, texts)
        }
        let heads = heads(of: uploads)
        let rows = uploads.prefix(uploadCountMax).map { row($0, heads[$0.id], texts) }
        var values: PageValues = [
            "title": texts("page.home"), "waiting": waiting, "hasWaiting": !waiting.isEmpty,
            "portals": configuration.definitions.map { definition -> PageValues in
                ["title": definition.title, "href": "/portals/\(definition.portal)"]
            },
            "uploads": rows, "hasUploads": !rows.isEmpty,
        ]
        values["waitingPager"] = Self.pager(
            number, hasMore: max(open.count, batches.count) > countMax,
            of: texts("home.waiting")
        ) { "/?page=\($0)&uploads=\(uploadNumber)#waiting" }
        values["uploadsPager"] = Self.pager(
            uploadNumber, hasMore: uploads.count > uploadCountMax, of: texts("home.uploads")
        ) { "/?page=\(number)&uploads=\($0)#recent" }
        return pages.page("home", values, request, context)
    }

    /// The pages that are shown of what waits and of the uploads.
    private func homePages(
        _ query: Form, _ reseller: String
    ) async throws -> (waiting: Int, uploads: Int) {
        try await Blocking.run { [ledger] in
            (
                try PageNumber.shown(query.pageNumber, each: SiteLimits.listCountMax) {
                    try !ledger.openUploads(of: reseller, skipping: $0, countMax: 1).isEmpty
                        || !ledger.openBatches(of: reseller, skipping: $0, countMax: 1).isEmpty
                },
                try PageNumber.shown(
                    query.pageNumber(of: "uploads"), each: SiteLimits.uploadsPerPage
                ) {
                    try !ledger.uploads(
                        of: reseller, portal: nil, before: nil, skipping: $0, countMax: 1
                    ).isEmpty
                }
            )
        }
    }

    /// The ways to other pages of a list of several on a page.
    private static func pager(
        _ number: Int, hasMore: Bool, of title: String, _ href: (Int) -> String
    ) -> PageValues {
        var values: PageValues = ["of": title]
        if number > 1 { values["previousHref"] = href(number - 1) }
        if hasMore { values["nextHref"] = href(number + 1) }
        return values
    }

    /// Of each portal its lists, and whether anything was ever uploaded there.
    private func lists(
        of reseller: String
    ) throws -> [(lists: [RememberedList], isUsed: Bool)] {
        try configuration.definitions.map { definition in
            let scope = LedgerScope(reseller: reseller, portal: definition.portal)
            let uploads = try ledger.uploads(of: reseller, portal: scope.portal, countMax: 1)
            return (try ledger.lists(in: scope), !uploads.isEmpty)
        }
    }

    /// What the workers said of those that were judged, or accepted.
    func heads(of uploads: [SiteUpload]) -> [String: UploadReport.Head] {
        var heads: [String: UploadReport.Head] = [:]
        for upload in uploads where upload.state == .judged || upload.state == .accepted {
            heads[upload.id] = UploadReport.Head(
                folder: upload.state == .accepted
                    ? configuration.outcomeFolder(upload.id)
                    : "\(configuration.uploadFolder(upload.id))/check")
        }
        return heads
    }

    /// A line of a list of uploads.
    func row(
        _ upload: SiteUpload, _ head: UploadReport.Head?, _ texts: PageTexts
    ) -> PageValues {
        let (kind, text) = Self.state(of: upload, head, texts)
        var values: PageValues = [
            "href": "/uploads/\(upload.id)", "name": upload.workbookName,
            "portalTitle": title(ofPortal: upload.portal), "when": Self.when(upload.stamp),
            "by": upload.stamp.actor, "stateKind": kind, "stateText": text,
        ]
        if let counts = head?.counts {
            values["countsText"] = texts(
                "upload.counts",
                [
                    "ready": counts.accepted, "fix": counts.rejected,
                    "unchanged": counts.unchanged,
                ])
        }
        return values
    }

    /// To the minute, with the zone: whoever reads it may be in another.
    static func when(_ stamp: Stamp) -> String {
        "\(stamp.time.prefix(16).replacing("T", with: " ")) UTC"
    }

    /// Its state: one of `busy fix ready done bad plain`, and in words.
    static func state(
        of upload: SiteUpload, _ head: UploadReport.Head?, _ texts: PageTexts
    ) -> (kind: String, text: String) {
        switch upload.state {
        case .waiting: return ("busy", texts("state.waiting"))
        case .checking: return ("busy", texts("state.checking"))
        case .failed: return ("bad", texts("state.failed"))
        case .accepting: return ("busy", texts("state.accepting"))
        case .accepted:
            let number = upload.attempt.map { "\($0)" } ?? ""
            return upload.isUndone
                ? ("plain", texts("state.undone", ["number": number]))
                : ("done", texts("state.accepted", ["number": number]))
        case .cancelled: return ("bad", texts("state.cancelled"))
        case .judged where upload.standing == .aside: return ("plain", texts("state.aside"))
        case .judged where upload.standing == .replaced: return ("plain", texts("state.replaced"))
        case .judged:
            let count = head?.counts.rejected ?? 0
            if count > 0 { return ("fix", texts("state.to_fix", ["count": count])) }
            guard let ready = head?.counts.accepted, ready > 0 else {
                return ("plain", texts("state.same"))
            }
            return ("ready", texts("state.ready", ["count": ready]))
        }
    }

    // MARK: - What waits

    private func waiting(
        _ uploads: [SiteUpload], _ heads: [String: UploadReport.Head], _ texts: PageTexts
    ) -> [PageValues] {
        uploads.compactMap { upload in
            guard let counts = heads[upload.id]?.counts else { return nil }
            let isReady = counts.rejected == 0 && upload.state == .judged
            let count = isReady ? counts.accepted : counts.rejected
            if count == 0 { return nil }
            var lines = [
                texts(
                    isReady ? "waiting.approve" : "waiting.fix",
                    ["count": count, "name": upload.workbookName])
            ]
            if !isReady, upload.state == .judged, counts.accepted > 0 {
                lines.append(texts("waiting.ready_too", ["count": counts.accepted]))
            }
            return [
                "href": "/uploads/\(upload.id)", "portalTitle": title(ofPortal: upload.portal),
                "text": lines.joined(separator: " "),
                "actionText": texts(isReady ? "waiting.approve_action" : "waiting.fix_action"),
            ]
        }
    }

    /// Batches of uploads that nobody is done with, of which something was refused.
    private func refused(
        of uploads: some Sequence<SiteUpload>, _ reseller: String
    ) throws -> [(batch: UploadID, portal: String, count: Int)] {
        try uploads.compactMap { upload in
            guard upload.state == .accepted, let batch = upload.attempt else { return nil }
            let count = try ledger.refusedCount(ofBatch: batch, of: reseller)
            return count > 0 ? (batch, upload.portal, count) : nil
        }
    }

    private func waiting(
        _ refused: [(batch: UploadID, portal: String, count: Int)], _ texts: PageTexts
    ) -> [PageValues] {
        refused.map { batch, portal, count in
            [
                "href": "/batches/\(batch)", "portalTitle": title(ofPortal: portal),
                "text": texts("waiting.refused", ["count": count, "number": "\(batch)"]),
                "actionText": texts("waiting.refused_action"),
            ]
        }
    }

    private func waiting(_ batches: [AttemptEntry], _ texts: PageTexts) -> [PageValues] {
        batches.compactMap { batch in
            let count = batch.operations.reduce(0) { $0 + ($1.key.isOpen ? $1.value : 0) }
            if count == 0 { return nil }
            return [
                "href": "/batches/\(batch.id)", "portalTitle": title(ofPortal: batch.portal),
                "text": texts("waiting.steps", ["count": count, "number": "\(batch.id)"]),
                "actionText": texts("waiting.steps_action"),
            ]
        }
    }

    /// Lists that are missing where something was uploaded, and old ones.
    private func waiting(
        _ known: [(lists: [RememberedList], isUsed: Bool)], _ texts: PageTexts
    ) -> [PageValues] {
        zip(configuration.definitions, known).flatMap { definition, known in
            definition.directories.compactMap { directory -> PageValues? in
                let title = directory.title.text(in: texts.language)
                let names = ["list": title, "portal": definition.title]
                let action = [
                    "href": "/portals/\(definition.portal)",
                    "actionText": texts("waiting.list_action"),
                ]
                if let list = known.lists.first(where: { $0.directory == directory.id }) {
                    guard let days = days(since: list.stamp), days > 7 else { return nil }
                    let text = texts("waiting.list", names.merging(["days": "\(days)"]) { $1 })
                    return action.merging(["text": text]) { $1 }
                }
                guard directory.isNeeded, known.isUsed else { return nil }
                return action.merging(["text": texts("waiting.list_missing", names)]) { $1 }
            }
        }
    }

    func days(since stamp: Stamp) -> Int? {
        guard let date = CivilDate(iso: String(stamp.time.prefix(10))),
            let today = CivilDate(iso: String(configuration.timestamp().prefix(10)))
        else { return nil }
        return date.days(until: today)
    }
}
