import Foundation
import Hummingbird
import Ledger
import Workers

/// What a page says of an upload that is under way.
struct UploadBusy: Encodable {
    private(set) var isBusy: Bool
    /// Its state in a word, and what happens to it.
    let stateText: String
    let text: String
    /// How much of it is read, and how long it will take yet; blank where nobody can know.
    private(set) var sizeText = ""
    private(set) var rowsText = ""
    private(set) var leftText = ""
    /// Of its time that is over, from 0 to 1; nil where nobody can know.
    private(set) var share: Double?

    /// - Parameters:
    ///   - position: uploads that are looked at before; nil for one that does not wait.
    ///   - sight: how far somebody is with it; nil where nobody said yet.
    init(_ upload: SiteUpload, position: Int?, _ sight: WorkerSight?, _ texts: PageTexts) {
        isBusy = upload.isBusy
        stateText = Site.state(of: upload, nil, texts).text
        if let position, position > 0 {
            text = texts("upload.waiting_for", ["count": position])
        } else if let sight {
            let isAccepting = upload.state == .accepting && sight.stage == "writing"
            text = texts("upload.stage_\(isAccepting ? "accepting" : sight.stage)")
        } else {
            text = stateText
        }
        guard let sight else { return }
        if sight.size > 0, sight.stage == "reading" {
            sizeText = texts(
                "upload.size_read",
                ["read": texts.size(sight.sizeRead), "size": texts.size(sight.size)])
        }
        if sight.rowCount > 0 { rowsText = texts("upload.rows_read", ["count": sight.rowCount]) }
        if let seconds = sight.secondsLeft { leftText = texts.timeLeft(seconds) }
        share = sight.share
    }

    var values: PageValues {
        var values: PageValues = [
            "text": text, "sizeText": sizeText, "rowsText": rowsText, "leftText": leftText,
        ]
        if let share { values["share"] = "\(share)" }
        return values
    }
}

extension PageTexts {
    /// How long something will take yet, as exactly as it can be known.
    func timeLeft(_ seconds: Int) -> String {
        switch seconds {
        case ...5: self("upload.left_few")
        case ..<58: self("upload.left_seconds", ["count": (seconds + 4) / 5 * 5])
        default: self("upload.left_minutes", ["count": max(1, (seconds + 30) / 60)])
        }
    }

    /// Bytes as people count them: `8.4 MB`.
    func size(_ bytes: Int) -> String {
        let isSmall = bytes < 1 << 20
        let tenths = max(bytes, 0) * 10 / (isSmall ? 1 << 10 : 1 << 20)
        let mark = self("page.decimal_mark")
        let isWhole = tenths >= 1_000 || tenths % 10 == 0
        let number = isWhole ? "\(tenths / 10)" : "\(tenths / 10)\(mark)\(tenths % 10)"
        return "\(number) \(isSmall ? "kB" : "MB")"
    }
}

extension Site {
    func busy(_ upload: SiteUpload, _ texts: PageTexts) async -> UploadBusy {
        UploadBusy(
            upload, position: await desk.position(of: upload), desk.sight(of: upload), texts)
    }

    /// The same for the page's script.
    func uploadProgress(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let busy = await busy(upload, PageTexts.of(context.language))
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(busy))))
    }
}
