import Foundation
import Ledger
import Portals
import Validation

/// The steps of a batch, by what is to be done, in their order.
struct BatchSteps {
    let steps: [OperationEntry]
    let folder: String
    let definition: Definition
    let path: String
    let texts: PageTexts
    /// What the portal refused, by its name.
    let refused: [String: OperationEntry]
    /// Now, ISO 8601 in UTC.
    let time: String
    /// Where the page's reader may change settings; nil where they may not.
    let settingsHref: String?

    static func refused(of steps: [OperationEntry]) -> [String: OperationEntry] {
        let refused = steps.filter(\.state.isGivenBack).map { ($0.name, $0) }
        return Dictionary(refused, uniquingKeysWith: { first, _ in first })
    }

    private var words: StepWords { StepWords(definition: definition, texts: texts) }

    /// What the batch's files say of the steps that are shown.
    ///
    /// - Throws: what reading them throws.
    func lines() throws -> BatchLines {
        let groups = Dictionary(grouping: steps, by: \.operation).values
        let asked = groups.flatMap { group in
            shown(of: group) + group.filter(isHeldBySomething).prefix(1)
        }
        return try BatchLines(folder: folder, Set(asked.map(\.sequence)))
    }

    func groups(_ lines: BatchLines) -> [PageValues] {
        var order: [String] = []
        var byOperation: [String: [OperationEntry]] = [:]
        for step in steps {
            if byOperation[step.operation] == nil { order.append(step.operation) }
            byOperation[step.operation, default: []].append(step)
        }
        var told: Set<String> = []
        let titles = words.headings(
            order.map { id in definition.operations.first { $0.id == id } })
        return zip(order, titles).map { id, title in
            var values = group(id, byOperation[id] ?? [], lines)
            values["title"] = title
            // What holds many groups is said where it comes first.
            if let text = values["heldText"] as? String, !told.insert(text).inserted {
                values["heldText"] = texts("batch.held_too")
                values["settingsHref"] = nil
            }
            return values
        }
    }

    private func isHeldBySomething(_ step: OperationEntry) -> Bool {
        step.isHeld && step.heldUntil == nil
    }

    private func group(
        _ id: String, _ steps: [OperationEntry], _ lines: BatchLines
    ) -> PageValues {
        let shown = self.shown(of: steps)
        let operation = definition.operations.first { $0.id == id }
        let kind = steps.first?.kind ?? "manual"
        let told = shown.compactMap { lines[$0.sequence] }
        let openCount = steps.count { $0.state.isOpen }
        var values: PageValues = [
            "id": id, "kindText": words.kind(kind),
            "isOptional": operation?.optional == true,
            "countsText": texts(
                "batch.counts",
                ["done": steps.count { $0.state.isSettled }, "count": steps.count]),
            "rows": shown.map { row($0, operation, lines[$0.sequence]) },
            "settleAction": "\(path)/steps", "refusalAction": "\(path)/refusal",
            "canTakeBack": steps.contains { $0.state != .ready },
        ]
        values["instruction"] =
            words.instruction(operation, told)
            ?? (operation?.text == nil ? words.instruction(ofKind: kind) : nil)
        if let file = operation?.file.map({ "\($0).xlsx" }),
            FileManager.default.fileExists(atPath: "\(folder)/\(file)")
        {
            values["fileHref"] = "\(path)/files/\(file)"
            values["fileName"] = file
        }
        if operation?.once == true, let line = told.first, line.listCount > 0 {
            let list = words.list(operation, line)
            values["list"] = list
            values["hasList"] = true
            if line.listCount > list.count {
                values["listMoreText"] = texts(
                    "batch.list_more", ["count": line.listCount - list.count])
            }
        }
        if steps.count > shown.count {
            values["moreText"] = texts("batch.more", ["count": steps.count - shown.count])
        }
        if openCount > 1 {
            values["allText"] = texts("batch.confirm_all", ["count": openCount])
        }
        let held = steps.first(where: isHeldBySomething).flatMap { lines[$0.sequence]?.held }
        if let reason = words.hold(held, settingsHref: settingsHref) {
            values["heldText"] = reason
            if held != "charges" { values["settingsHref"] = settingsHref }
        }
        return values
    }

    /// All of them; of too many those that somebody has yet to see to.
    private func shown(of steps: [OperationEntry]) -> [OperationEntry] {
        if steps.count <= SiteLimits.stepsShownMax { return steps }
        let ordered = steps.filter(\.state.isOpen) + steps.filter { !$0.state.isOpen }
        return Array(ordered.prefix(SiteLimits.stepsShownMax))
    }

    /// What a portal refused of that which comes before a step: unless somebody does that after
    /// all, there is nothing that the step could be done with.
    private func blocker(of line: BatchLines.Line?) -> OperationEntry? {
        line?.dependsOn?.lazy.compactMap { refused[$0] }.first
    }

    /// How many open steps wait for some that are refused.
    ///
    /// - Parameter refused: by their numbers; those refused already are counted by themselves.
    static func blockedCount(
        among steps: [OperationEntry], by refused: Set<Int>, _ lines: BatchLines
    ) -> Int {
        let names = Set(steps.filter { refused.contains($0.sequence) }.map(\.name))
        return steps.count { step in
            step.state.isOpen && !refused.contains(step.sequence)
                && lines[step.sequence]?.dependsOn?.contains(where: names.contains) == true
        }
    }

    private func row(
        _ step: OperationEntry, _ operation: OperationDefinition?, _ line: BatchLines.Line?
    ) -> PageValues {
        var (kind, key) = step.state.words
        let refused = step.state.isOpen ? blocker(of: line) : nil
        if refused != nil { (kind, key) = ("refused", "blocked") }
        var values: PageValues = [
            "sequence": step.sequence, "stateKind": kind, "stateText": texts("step.\(key)"),
            "name": step.rowNumber == nil
                ? texts("batch.whole") : RecordSheet.name(ofStep: step.name),
        ]
        if step.rowNumber != nil, let todo = line.flatMap({ words.todo(operation, $0) }) {
            values["todo"] = todo
        }
        if let stamp = step.stamp { values["who"] = StepWords.who(stamp) }
        if let row = step.rowNumber {
            let sheet = definition.sheets.first { $0.id == step.sheet }
            let title = sheet?.title.text(in: texts.language) ?? ""
            values["place"] = "\(title), \(texts("upload.row", ["number": row]))"
        }
        if let refused {
            values["note"] = texts(
                refused.state == .takenBack ? "batch.blocked_back" : "batch.blocked",
                ["name": RecordSheet.name(ofStep: refused.name)])
        } else if let note = step.note, !note.isEmpty {
            values["note"] = note
        } else if step.state == .refused {
            values["note"] = texts("batch.no_words")
        } else if step.isHeld(at: time), let end = step.heldUntil {
            values["note"] = texts(
                "batch.not_before", ["date": DayText.text(end, in: texts.language)])
        }
        return values
    }
}

extension OperationState {
    /// What marks it on a page, and the name of its text.
    var words: (kind: String, key: String) {
        switch self {
        case .ready: ("open", "ready")
        case .handedOver: ("at", "handed_over")
        case .done: ("done", "done")
        case .notNeeded: ("done", "not_needed")
        case .refused: ("refused", "refused")
        case .unknown: ("unknown", "unknown")
        case .takenBack: ("plain", "taken_back")
        }
    }
}
