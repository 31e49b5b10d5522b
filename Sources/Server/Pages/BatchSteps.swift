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
    /// Now, ISO 8601 in UTC.
    let time: String

    var groups: [PageValues] {
        var order: [String] = []
        var byOperation: [String: [OperationEntry]] = [:]
        for step in steps {
            if byOperation[step.operation] == nil { order.append(step.operation) }
            byOperation[step.operation, default: []].append(step)
        }
        return order.map { group($0, byOperation[$0] ?? []) }
    }

    private func group(_ id: String, _ steps: [OperationEntry]) -> PageValues {
        let operation = definition.operations.first { $0.id == id }
        let kind = steps.first?.kind ?? "manual"
        let doneCount = steps.count { $0.state == .done }
        let file = operation?.file.map { "\($0).xlsx" }
        var values: PageValues = [
            "title": texts("batch.kind_\(kind)"), "kindText": texts("batch.kind_\(kind)"),
            "isByHand": kind == "manual", "isFile": kind == "file", "isSent": kind == "http",
            "isWait": kind == "wait", "isForPeople": kind == "manual" || kind == "file",
            "countsText": texts("batch.counts", ["done": doneCount, "count": steps.count]),
            "rows": shown(of: steps).map(row), "hasRows": !steps.isEmpty,
            "instruction": operation?.text?.text(in: texts.language)
                ?? texts("batch.instruction_\(kind)"),
            "settleAction": "\(path)/steps",
        ]
        if let file, FileManager.default.fileExists(atPath: "\(folder)/\(file)") {
            values["fileHref"] = "\(path)/files/\(file)"
            values["fileName"] = file
        }
        let hiddenCount = steps.count - SiteLimits.stepsShownMax
        if hiddenCount > 0 { values["moreText"] = texts("batch.more", ["count": hiddenCount]) }
        if steps.contains(where: { $0.isHeld && $0.heldUntil == nil }) {
            values["heldText"] = texts("batch.held")
        }
        return values
    }

    /// All of them; of too many those that somebody has yet to see to.
    private func shown(of steps: [OperationEntry]) -> [OperationEntry] {
        if steps.count <= SiteLimits.stepsShownMax { return steps }
        let isOpen = { (step: OperationEntry) in step.state == .ready || step.state == .handedOver }
        let ordered = steps.filter(isOpen) + steps.filter { !isOpen($0) }
        return Array(ordered.prefix(SiteLimits.stepsShownMax))
    }

    private func row(_ step: OperationEntry) -> PageValues {
        let kinds: [OperationState: String] = [
            .ready: "open", .handedOver: "at", .done: "done", .refused: "refused",
            .unknown: "unknown",
        ]
        let keys: [OperationState: String] = [
            .ready: "ready", .handedOver: "handed_over", .done: "done", .refused: "refused",
            .unknown: "unknown",
        ]
        var values: PageValues = [
            "sequence": step.sequence, "stateKind": kinds[step.state] ?? "unknown",
            "stateText": texts("step.\(keys[step.state] ?? "unknown")"),
            "name": step.rowNumber == nil
                ? texts("batch.this_step") : RecordSheet.name(ofStep: step.name),
            "isOpen": step.state == .ready || step.state == .handedOver,
        ]
        if let row = step.rowNumber {
            let sheet = definition.sheets.first { $0.id == step.sheet }
            let title = sheet?.title.text(in: texts.language) ?? ""
            values["place"] = "\(title), \(texts("upload.row", ["number": row]))"
        }
        if let note = step.note, !note.isEmpty {
            values["note"] = note
        } else if step.isHeld(at: time), let end = step.heldUntil {
            values["note"] = texts(
                "batch.not_before", ["date": DayText.text(end, in: texts.language)])
        }
        return values
    }
}
