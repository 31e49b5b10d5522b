import Hummingbird
import Ledger
import Portals

// What no step takes back: it stands on the pages of both batches until somebody has done it.
extension Site {
    /// Says whether somebody has taken it back at the portal.
    func settleByHand(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id = try Self.batchID(context)
        let account = try context.account
        let form = try await Form(request)
        let states = ["done": true, "open": false]
        guard let isDone = states[form["verdict"]] else { throw PageError(.badRequest, "form") }
        let records = form.all("record")
        if records.isEmpty { return Self.redirect("/batches/\(id)?none=1") }
        let stamp = stamp(account)
        let count = try await Blocking.run { [ledger] in
            try ledger.settle(
                byHand: records, isDone: isDone, of: id, of: account.reseller, by: stamp)
        }
        return Self.redirect("/batches/\(id)?hand=\(count)")
    }

    /// A line for each, with who has done it when; nil where there is none.
    func handRemainders(
        _ undoings: [Undoing], on id: UploadID, _ definition: Definition, _ texts: PageTexts
    ) -> PageValues? {
        let remainders = undoings.flatMap(\.remainders)
        if remainders.isEmpty { return nil }
        let rows = remainders.map { remainder -> PageValues in
            let sheet = definition.sheets.first { $0.id == remainder.sheet }
            let key = (sheet?.key ?? []).compactMap { remainder.values[$0] }
            let title = sheet?.title.text(in: texts.language) ?? remainder.sheet
            var row: PageValues = [
                "id": remainder.record, "name": "\(title), \(key.joined(separator: ", "))",
                "stateKind": "open", "stateText": texts("step.ready"),
            ]
            if let stamp = remainder.stamp {
                row["who"] = StepWords.who(stamp)
                (row["stateKind"], row["stateText"]) = ("done", texts("step.done"))
            }
            return row
        }
        let doneCount = remainders.count { $0.stamp != nil }
        return [
            "rows": rows, "action": "/batches/\(id)/by-hand",
            "hint": texts("undo.by_hand_hint", ["portal": definition.title]),
            "countsText": texts("batch.counts", ["done": doneCount, "count": rows.count]),
        ]
    }
}
