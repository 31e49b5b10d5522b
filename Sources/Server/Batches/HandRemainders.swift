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
        let words = StepWords(definition: definition, texts: texts)
        // What is still to do comes first.
        let open = remainders.filter { $0.stamp == nil }
        let done = remainders.filter { $0.stamp != nil }
        let shown = (open + done).prefix(SiteLimits.handLinesShownMax)
        let rows = shown.map { remainder -> PageValues in
            let sheet = definition.sheets.first { $0.id == remainder.sheet }
            let key = (sheet?.key ?? []).compactMap { remainder.values[$0] }
            let title = sheet?.title.text(in: texts.language) ?? remainder.sheet
            var row: PageValues = [
                "id": remainder.record, "name": "\(title), \(key.joined(separator: ", "))",
                "stateKind": "open", "stateText": texts("step.ready"),
            ]
            row["todo"] = sheet.flatMap { words.todo(remainder, $0) }
            if let stamp = remainder.stamp {
                row["who"] = StepWords.who(stamp)
                (row["stateKind"], row["stateText"]) = ("done", texts("step.done"))
            }
            return row
        }
        var values: PageValues = [
            "rows": rows, "action": "/batches/\(id)/by-hand",
            "hint": texts("undo.by_hand_hint", ["portal": definition.title]),
            "countsText": texts(
                "batch.counts",
                ["done": done.count, "count": remainders.count]),
        ]
        if remainders.count > rows.count {
            values["moreText"] = texts(
                "undo.by_hand_more", ["count": remainders.count - rows.count])
        }
        return values
    }
}

extension StepWords {
    /// What to do at the portal for something that no step takes back; nil where nobody kept that.
    fileprivate func todo(_ remainder: Remainder, _ sheet: SheetDefinition) -> String? {
        let portal = ["portal": definition.title]
        switch remainder.kind {
        case nil: return nil
        case .created where sheet.makesLinks: return texts("undo.todo_unlink", portal)
        case .created: return texts("undo.todo_delete", portal)
        case .updated: return told(remainder.before, "undo.todo_restore", of: sheet)
        case .dropped: return texts("undo.todo_link", portal)
        case .deleted where sheet.makesLinks: return texts("undo.todo_link", portal)
        case .deleted: return told(remainder.values, "undo.todo_create", of: sheet)
        }
    }

    private func told(
        _ values: [String: String], _ text: String, of sheet: SheetDefinition
    ) -> String {
        let told = sheet.fields.compactMap { field in
            values[field.id].map { self.told($0, field) }
        }
        return texts(
            text, ["portal": definition.title, "values": told.joined(separator: "; ")])
    }
}
