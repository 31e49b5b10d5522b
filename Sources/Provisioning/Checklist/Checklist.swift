import Portals
import Validation

/// What a person has to do by hand, as numbered plain text with boxes to tick.
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

    /// Hands out the lines one by one, without line ends; none when there is nothing to do.
    ///
    /// - Complexity: O(rows) in time; one line in memory.
    package func forEachLine<Failure>(
        _ body: (String) throws(Failure) -> Void
    ) throws(Failure) {
        guard !isEmpty else { return }
        try body("\(plan.values.definition.title): \(words.heading)")
        try body("")
        var number = 1
        for step in steps {
            let text = self.text(of: step)
            guard let sheet = step.sheet, text.dependsOnRow else {
                try body(line(number, step, text.text, isHeld: plan.holds(step)))
                try list(step, body)
                number += 1
                continue
            }
            let charges = plan.charges(of: step)
            for row in plan.orderedRows(of: step) {
                let told = text.text(plan.values, sheet: sheet, row: row)
                let isHeld = charges.map { plan.holds(row, $0) } ?? false
                let line = line(number, step, told, isHeld: isHeld)
                try body("\(line) (\(place(sheet, row)))")
                number += 1
            }
        }
    }

    /// The whole text, each line ended.
    package var text: String {
        var text = ""
        forEachLine { text += $0 + "\n" }
        return text
    }

    private var steps: [PlannedStep] { plan.steps.filter { $0.operation.kind == .manual } }

    private func text(of step: PlannedStep) -> StepText {
        let sheet = step.operation.once ? nil : step.sheet.map { plan.values.sheetDefinition($0) }
        return StepText(step.operation.text?.text(in: plan.language) ?? "", sheet: sheet)
    }

    private func line(
        _ number: Int, _ step: PlannedStep, _ text: String, isHeld: Bool
    ) -> String {
        let optional = step.operation.optional ? "(\(words.optional)) " : ""
        let held = isHeld ? "(\(words.held)) " : ""
        return "\(number). [ ] \(optional)\(held)\(text)"
    }

    /// The rows below a step's text, each with what the step is about.
    private func list<Failure>(
        _ step: PlannedStep, _ body: (String) throws(Failure) -> Void
    ) throws(Failure) {
        guard let sheet = step.sheet else { return }
        let data = StepData(
            step.operation, sheet: plan.values.sheetDefinition(sheet), settings: plan.settings)
        for row in plan.orderedRows(of: step) {
            let fields =
                listFields(step, sheet) ?? data.fields(plan.values, sheet: sheet, row: row)
            try body("       [ ] \(told(sheet, row, fields)) (\(place(sheet, row)))")
        }
    }

    /// The fields that a step done once shows for each row.
    private func listFields(_ step: PlannedStep, _ sheet: Int) -> [Int]? {
        step.operation.list?.fields.compactMap { plan.values.sheetDefinition(sheet).fieldIndex($0) }
    }

    /// `acme.12345.service, Package: Gold`
    private func told(_ sheet: Int, _ row: Int, _ fields: [Int]) -> String {
        let key = plan.values.keyFields(ofSheet: sheet)
        let others = fields.filter { !key.contains($0) }.map { field in
            let title = plan.values.sheetDefinition(sheet).fields[field].title
            let value = plan.values.value(sheet: sheet, row: row, field: field)
            return "\(title.text(in: plan.language)): \(value.isEmpty ? words.empty : value)"
        }
        return ([plan.values.keyText(sheet: sheet, row: row)] + others).joined(separator: ", ")
    }

    private func place(_ sheet: Int, _ row: Int) -> String {
        let rows = plan.values.store.sheets[sheet]
        return "\(rows.name), \(words.row) \(rows.originalRowNumber(row))"
    }
}
