import Portals
import Validation

/// What a person has to do in the portal, as numbered plain text with boxes to tick.
///
/// ```
/// Luminate Studio: steps to do by hand
///
/// 1. [ ] Log into your reseller account via the Studio portal, go to …
/// 2. [ ] On the Studio portal, click on "Companies" and look for each of these companies. …
///        [ ] acme.12345.service (Customers, row 2)
/// 3. [ ] (optional) You can now place any messaging orders you want on the companies.
/// ```
///
/// Rows that one text speaks of are listed below it; where the text names the row, each is a step.
package struct Checklist {
    private let plan: BatchPlan
    private let words: ChecklistWords

    package init(_ plan: BatchPlan) {
        self.plan = plan
        words = ChecklistWords(language: plan.language)
    }

    /// Whether there is nothing to do by hand.
    package var isEmpty: Bool { steps.isEmpty }

    /// Hands out the text as UTF-8, piece by piece; nothing when there is nothing to do.
    ///
    /// - Complexity: O(rows) in time; one piece in memory.
    package func forEachPiece<Failure>(
        _ body: @escaping (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        guard !isEmpty else { return }
        var text = ChecklistText(body)
        text.bytes += "\(plan.values.definition.title): \(words.heading)\n\n".utf8
        var number = 1
        for step in steps { try write(step, &number, to: &text) }
        try text.flush()
    }

    /// The whole text.
    package var text: String {
        var bytes: [UInt8] = []
        forEachPiece { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What is uploaded as a file has a step that says so.
    private var steps: [PlannedStep] {
        plan.steps.filter { $0.operation.kind != .file && $0.operation.text != nil }
    }

    private func text(of step: PlannedStep) -> StepText {
        let sheet = step.sheet.map { plan.values.sheetDefinition($0) }
        return StepText(step.operation, in: plan.language, sheet: sheet)
    }

    private func write<Failure>(
        _ step: PlannedStep, _ number: inout Int, to text: inout ChecklistText<Failure>
    ) throws(Failure) {
        let words = self.text(of: step)
        guard let sheet = step.sheet, words.dependsOnRow else {
            begin(number, step, isCharged: isHeld(step), in: &text)
            text.bytes += "\(words.text)\n".utf8
            number += 1
            return try list(step, to: &text)
        }
        let charges = plan.charges(of: step.operation, sheet: sheet)
        let values = plan.values(for: step)
        let rows = plan.values.store.sheets[sheet]
        let place = place(rows)
        for row in plan.orderedRows(of: step) {
            begin(
                number, step, isCharged: charges.map { plan.holds(row, $0) } ?? false,
                until: plan.wait(for: step.operation, sheet: sheet, row: row), in: &text)
            words.append(values, sheet: sheet, row: row, to: &text.bytes)
            try text.endLine(place, rows.originalRowNumber(row))
            number += 1
        }
    }

    private func begin<Failure>(
        _ number: Int, _ step: PlannedStep, isCharged: Bool, until end: String? = nil,
        in text: inout ChecklistText<Failure>
    ) {
        let optional = step.operation.optional ? "(\(words.optional)) " : ""
        let reason =
            plan.hold(on: step)?.message.text(in: plan.language)
            ?? (isCharged ? words.held : end.map(words.notBefore))
        let held = reason.map { "(\($0)) " } ?? ""
        text.bytes += "\(number). [ ] \(optional)\(held)".utf8
    }

    /// Whether a step without a text for each row waits until its charges are accepted.
    private func isHeld(_ step: PlannedStep) -> Bool {
        guard let charges = plan.charges(of: step.operation, sheet: step.sheet) else {
            return plan.holds(once: step)
        }
        return step.rows.contains { plan.holds($0, charges) }
    }

    /// The rows below a step's text, each with what the step is about.
    private func list<Failure>(
        _ step: PlannedStep, to text: inout ChecklistText<Failure>
    ) throws(Failure) {
        for listed in step.listed {
            let line = LineWords(plan, plan.values, ofSheet: listed.sheet, place: place)
            for row in listed.rows { try writeLine(row, listed.fields, line, to: &text) }
        }
        guard let sheet = step.sheet else { return }
        let line = LineWords(plan, plan.values(for: step), ofSheet: sheet, place: place)
        let data = StepData(step, of: plan, line.values)
        for row in plan.orderedRows(of: step) {
            let fields = data.fields(line.values, sheet: sheet, row: row)
            let others = data.children(sheet: sheet, row: row, in: plan.language)
            try writeLine(row, fields, line, others, of: step, to: &text)
        }
    }

    /// What the lines of a sheet's rows have in common, made once.
    private struct LineWords {
        /// Here, as a copy a line would count every reference in it.
        let values: RecordValues
        let sheet: Int
        let rows: SheetStore
        /// ` (Customers, row `
        let place: [UInt8]
        let key: [Int]
        /// `, Package: ` by field.
        let titles: [[UInt8]]

        init(
            _ plan: BatchPlan, _ values: RecordValues, ofSheet sheet: Int,
            place: (SheetStore) -> [UInt8]
        ) {
            self.values = values
            self.sheet = sheet
            rows = plan.values.store.sheets[sheet]
            self.place = place(rows)
            key = plan.values.keyFields(ofSheet: sheet)
            titles = plan.values.sheetDefinition(sheet).fields.map {
                Array(", \($0.title.text(in: plan.language)): ".utf8)
            }
        }
    }

    /// `[ ] acme.12345.service, Package: Gold (Customers, row 2)`
    private func writeLine<Failure>(
        _ row: Int, _ fields: [Int], _ line: LineWords,
        _ others: [(title: String, texts: [String])] = [], of step: PlannedStep? = nil,
        to text: inout ChecklistText<Failure>
    ) throws(Failure) {
        text.bytes += "       [ ] ".utf8
        let sheet = line.sheet
        line.values.appendKey(sheet: sheet, row: row, line.key, to: &text.bytes)
        for field in fields
        where !line.key.contains(field)
            || line.values.isRenamed(sheet: sheet, row: row, field: field)
        {
            text.bytes += line.titles[field]
            let start = text.bytes.count
            line.values.appendShown(
                sheet: sheet, row: row, field: field, in: plan.language, to: &text.bytes)
            if text.bytes.count == start { text.bytes += words.empty.utf8 }
            if line.key.contains(field) { continue }
            line.values.appendFormer(
                sheet: sheet, row: row, field: field, words, to: &text.bytes)
        }
        let end = step.flatMap { plan.wait(for: $0.operation, sheet: sheet, row: row) }
        if let end { text.bytes += ", \(words.notBefore(end))".utf8 }
        for (title, texts) in others {
            text.bytes += ", \(title): \(texts.joined(separator: ", "))".utf8
        }
        try text.endLine(line.place, line.rows.originalRowNumber(row))
    }

    /// ` (Customers, row `
    private func place(_ rows: SheetStore) -> [UInt8] {
        Array(" (\(rows.name), \(words.row) ".utf8)
    }
}

/// The text so far, handed on when there is enough of it.
private struct ChecklistText<Failure: Error> {
    var bytes: [UInt8] = []
    private let body: (ArraySlice<UInt8>) throws(Failure) -> Void

    init(_ body: @escaping (ArraySlice<UInt8>) throws(Failure) -> Void) { self.body = body }

    /// Ends a line with the place of its row: ` (Customers, row 2)`
    mutating func endLine(_ place: [UInt8], _ rowNumber: Int) throws(Failure) {
        bytes += place
        bytes += "\(rowNumber))\n".utf8
        if bytes.count >= BatchLimits.bufferSize { try flush() }
    }

    mutating func flush() throws(Failure) {
        try body(bytes[...])
        bytes.removeAll(keepingCapacity: true)
    }
}
