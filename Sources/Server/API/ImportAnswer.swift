import JSON
import Ledger
import Workers

/// An upload, as programs are told of it.
struct ImportAnswer: APIAnswer {
    static let name = "Import"
    static let members: [APISchema.Member] = [
        .init("id", .text), .init("portal", .text), .init("name", .text), .init("by", .text),
        .init("time", .time), .init("state", .oneOf(states.map(\.word))),
        .init("stage", .optional(.oneOf(WorkerSight.stages))), .init("rowsRead", .number),
        .init("bytesRead", .number), .init("bytes", .optional(.number)),
        .init("secondsLeft", .optional(.number)), .init("ahead", .optional(.number)),
        .init("changedSince", .flag), .init("hiddenRows", .optional(.oneOf(["take", "leave"]))),
        .init("counts", .optional(.object(countNames.map { .init($0, .number) }))),
        .init("effects", .optional(.object(effects))), .init("digest", .optional(.text)),
        .init(
            "failure",
            .optional(
                .object([
                    .init("code", .optional(.text)), .init("detail", .text), .init("remedy", .text),
                ]))),
        .init("files", .list(.text)), .init("batch", .optional(.text)),
    ]

    private static let countNames = [
        "rows", "accepted", "rejected", "unchanged", "leftOut", "blank", "hidden",
    ]
    private static let effects: [APISchema.Member] = [
        .init("added", .number), .init("updated", .number), .init("deleted", .number),
        .init("paidCount", .number),
        .init(
            "paid",
            .list(
                .object([
                    .init("package", .text), .init("count", .number),
                    .init("currency", .optional(.text)), .init("per", .optional(.text)),
                    .init("sum", .optional(.text)), .init("validFrom", .optional(.text)),
                ]))),
        .init(
            "trials",
            .list(.object([.init("date", .optional(.text)), .init("count", .number)]))),
        .init("mails", .list(.object([.init("kind", .text), .init("count", .number)]))),
    ]

    private static let states: [(state: SiteUpload.State, word: String)] = [
        (.waiting, "waiting"), (.checking, "checking"), (.judged, "checked"), (.failed, "failed"),
        (.accepting, "accepting"), (.accepted, "accepted"), (.cancelled, "cancelled"),
    ]

    let upload: SiteUpload
    /// How far somebody is with it; nil where nobody is at it.
    var sight: WorkerSight?
    /// Uploads that are looked at before; nil for one that does not wait.
    var ahead: Int?
    /// What came of it; nil while nothing did.
    var head: UploadReport.Head?
    /// By which that is approved.
    var digest: String?
    var failure: UploadFailure?
    var files: [String] = []

    func write(to json: inout JSONWriter) {
        json.member("id", upload.id)
        json.member("portal", upload.portal)
        json.member("name", upload.workbookName)
        json.member("by", upload.stamp.actor)
        json.member("time", upload.stamp.time)
        json.member("state", Self.states.first { $0.state == upload.state }?.word)
        json.member("stage", sight?.stage)
        json.member("rowsRead", sight?.rowCount ?? 0)
        json.member("bytesRead", sight?.sizeRead ?? 0)
        json.member("bytes", number: sight?.size)
        json.member("secondsLeft", number: sight?.secondsLeft)
        json.member("ahead", number: ahead)
        json.member("changedSince", upload.isChangedSince)
        json.member("hiddenRows", upload.hiddenRows.isEmpty ? nil : upload.hiddenRows)
        if let head {
            json.object("counts") { write(head.counts, to: &$0) }
            json.object("effects") { write(head.effects, to: &$0) }
        } else {
            json.member("counts", nil)
            json.member("effects", nil)
        }
        json.member("digest", digest)
        if let failure {
            json.object("failure") { json in
                json.member("code", failure.code.isEmpty ? nil : failure.code)
                json.member("detail", failure.sentence)
                json.member("remedy", failure.remedy)
            }
        } else {
            json.member("failure", nil)
        }
        json.texts("files", files)
        json.member("batch", upload.attempt?.description)
    }

    private func write(_ counts: UploadReport.Head.Counts, to json: inout JSONWriter) {
        let values = [
            counts.rows, counts.accepted, counts.rejected, counts.unchanged, counts.leftOut,
            counts.blank, counts.hidden,
        ]
        for (name, value) in zip(Self.countNames, values) { json.member(name, value) }
    }

    private func write(_ effects: UploadReport.Head.Effects, to json: inout JSONWriter) {
        json.member("added", effects.added)
        json.member("updated", effects.updated)
        json.member("deleted", effects.deleted)
        json.member("paidCount", effects.paidCount)
        json.list("paid", effects.paid) { json, paid in
            json.member("package", paid.package)
            json.member("count", paid.count)
            json.member("currency", paid.currency)
            json.member("per", paid.per)
            json.member("sum", paid.sum)
            json.member("validFrom", paid.validFrom)
        }
        json.list("trials", effects.trials) { json, trial in
            json.member("date", trial.date)
            json.member("count", trial.count)
        }
        json.list("mails", effects.mails) { json, mail in
            json.member("kind", mail.kind)
            json.member("count", mail.count)
        }
    }
}

/// A finding, as the report has it.
struct FindingAnswer: APIAnswer {
    static let name = "Finding"
    static let members: [APISchema.Member] = [
        .init("code", .text), .init("severity", .oneOf(["error", "warning", "info"])),
        .init("sheet", .optional(.text)), .init("row", .optional(.number)),
        .init("column", .optional(.text)), .init("cell", .optional(.text)),
        .init("found", .optional(.text)), .init("message", .text), .init("remedy", .text),
        .init("related", .list(.text)), .init("relatedCount", .number),
        .init("suggestion", .optional(.text)),
    ]

    /// A JSON object.
    let line: [UInt8]

    /// Its members, without the braces around them.
    func write(to json: inout JSONWriter) { json.raw(line.dropFirst().dropLast()) }
}
