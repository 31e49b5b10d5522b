package import Catalogue
package import Portals
package import Reports
package import Spreadsheet
package import Validation

/// Customers of a list that may be made known. Rows that hold what is no value of its field, and
/// rows that say different things of the same customer, are left out.
package struct AdoptableList: Sendable {
    package private(set) var records = KnownRecords()
    private let judged: JudgedWorkbook

    /// - Throws: where the list cannot be used.
    package init(
        _ file: ListFile, _ plan: ValidationPlan, settings: Settings, today: CivilDate
    ) throws(ListFile.Failure) {
        let definition = plan.definition
        let rows = try ExistingList(
            file, of: definition, settings: settings, keepsRepeated: true, keepsRows: true
        ).rows
        let verdicts = plan.judgeListed(
            rows.store, against: Known(settings: settings, today: today))
        judged = JudgedWorkbook(rows.store, verdicts, of: definition)
        for (position, sheet) in rows.store.sheets.enumerated() {
            let taken = zip(rows.records[position], verdicts.states[position])
                .filter { $0.1 != .rejected }.map(\.0)
            records.add(taken, of: definition.sheets[sheet.definitionIndex])
        }
    }

    /// How many rows of each sheet of the Definition are left out.
    package var leftOutCounts: [Int] {
        var counts = Array(repeating: 0, count: judged.definition.sheets.count)
        for (sheet, states) in zip(judged.store.sheets, judged.verdicts.states) {
            counts[sheet.definitionIndex] += states.count { $0 == .rejected }
        }
        return counts
    }

    package var leftOutCount: Int { leftOutCounts.reduce(0, +) }

    /// Why rows are left out, and what to do, in the order in which they stand in the list; the
    /// first ones of very many.
    ///
    /// - Throws: our own mistakes.
    package func problems(_ messages: Messages) throws -> [RenderedFinding] {
        let text = try FindingText(judged, messages: messages)
        return judged.verdicts.findings.lazy.filter { $0.severity == .error }
            .prefix(ReportLimits.findingsShownMax).map(text.rendered)
    }
}

extension Gate {
    /// Reads customers that exist already, to be made known.
    ///
    /// - Throws: `ListFile.Failure` for a list that cannot be used, `DefinitionError` for settings.
    package func adoptable(
        _ file: ListFile, with plan: ValidationPlan, _ inputs: KnownInputs
    ) throws -> AdoptableList {
        try AdoptableList(
            file, plan, settings: try inputs.settings(of: plan.definition, portals: portals),
            today: inputs.today)
    }
}
