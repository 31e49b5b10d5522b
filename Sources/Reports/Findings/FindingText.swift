package import Catalogue
import Portals
package import Validation

/// Turns findings into what people and machines read.
///
/// Sentence and remedy are the rule's own where the Definition gives them, else the catalogue's.
/// Cells are named by the addresses of one workbook: the one that came, unless told otherwise.
package struct FindingText: Sendable {
    package let messages: Messages
    private let portal: String?
    private let judgement: Judgement?

    /// What there is once a store was judged. A class, as each finding would copy a struct of so
    /// much, and count all that is in it.
    private final class Judgement: Sendable {
        let verdicts: Verdicts
        let words: WorkbookWords
        let ruleTexts: RuleTexts

        init(_ verdicts: Verdicts, _ words: WorkbookWords, _ ruleTexts: RuleTexts) {
            self.verdicts = verdicts
            self.words = words
            self.ruleTexts = ruleTexts
        }
    }

    /// - Parameter addresses: where the places stand; nil: in the workbook that was read.
    /// - Throws: for a rule's text whose braces or brackets do not fit.
    package init(
        _ judged: JudgedWorkbook, messages: Messages, addresses: (any CellAddresses)? = nil
    ) throws(MessagesError) {
        self.messages = messages
        portal = judged.definition.title
        judgement = Judgement(
            judged.verdicts,
            WorkbookWords(
                judged, addresses: addresses ?? UploadedAddresses(judged.store),
                messages: messages),
            try RuleTexts(judged.definition, language: messages.language))
    }

    /// For findings of a file that was not judged.
    ///
    /// - Parameter portal: the portal's title; nil when it is not known.
    package init(portal: String?, messages: Messages) {
        self.messages = messages
        self.portal = portal
        judgement = nil
    }

    // MARK: The file

    package func rendered(_ finding: FileFinding) -> RenderedFinding {
        let arguments = arguments(of: finding)
        return RenderedFinding(
            code: finding.code, severity: finding.severity, sheet: finding.sheet,
            row: finding.rowNumber, column: finding.column, cell: finding.cell,
            found: finding.found,
            message: messages.sentence(finding.code, arguments),
            remedy: messages.remedy(finding.code, arguments),
            relatedCount: finding.relatedCount,
            suggestion: finding.arguments["suggestion"], rowInWorkbook: finding.rowNumber)
    }

    private func arguments(of finding: FileFinding) -> [String: String] {
        var arguments: [String: String] = [:]
        arguments["portal"] = portal
        arguments["sheet"] = finding.sheet
        arguments["row"] = finding.rowNumber.map { "\($0)" }
        arguments["field"] = finding.column
        arguments["cells"] = finding.cell
        arguments["value"] = finding.found
        if finding.relatedCount > 1 { arguments["count"] = "\(finding.relatedCount)" }
        arguments.merge(finding.arguments) { $1 }
        arguments["date"] = arguments["date"].map { DayText.text($0, in: messages.language) }
        return arguments
    }

    // MARK: Data

    /// - Precondition: made for the store and verdicts that the finding is from.
    package func rendered(_ finding: Finding) -> RenderedFinding {
        let detail = judgement?.verdicts.detail(of: finding) ?? FindingDetail()
        guard let judgement, let sheet = finding.place.sheet else {
            return renderedOfFile(finding, detail)
        }
        let words = judgement.words
        let spot = Spot(finding, in: words, sheet: sheet)
        let related = detail.related.map { words.related($0, from: finding.place) }
        let arguments = arguments(of: finding, detail, spot, related, words)
        let rule = detail.rule
        return RenderedFinding(
            code: finding.code, severity: finding.severity,
            sheet: words.addresses.sheetName(sheet), row: spot.originalRowNumber,
            column: spot.column, cell: spot.cell, found: spot.found,
            message: (judgement.ruleTexts.filled(rule?.message, arguments)
                ?? messages.sentence(finding.code, arguments))
                + others(finding, detail, judgement.ruleTexts, arguments),
            remedy: judgement.ruleTexts.filled(rule?.remedy, arguments)
                ?? messages.remedy(finding.code, arguments),
            related: related, relatedCount: detail.relatedCount,
            suggestion: detail.suggestion.map { words.shown($0, finding.place) },
            rowInWorkbook: spot.rowNumber)
    }

    /// For a warning or note that stands for several cells and whose own sentence does not say
    /// which: a sentence that does, after a space. Else nothing.
    private func others(
        _ finding: Finding, _ detail: FindingDetail, _ texts: RuleTexts,
        _ arguments: [String: String]
    ) -> String {
        guard finding.severity != .error, detail.relatedCount > 1,
            let cells = arguments["cells"]
        else { return "" }
        let named = texts.arguments(of: detail.rule?.message) ?? messages.arguments(finding.code)
        // What a rule counts is something else than cells.
        let tellsCount = named.contains("count") && detail.arguments["count"] == nil
        if tellsCount || named.contains("cells") { return "" }
        return " "
            + messages.fragment(
                "finding.cells", ["count": "\(detail.relatedCount)", "cells": cells])
    }

    /// The value that a finding is about, as a person sees it in the cell.
    ///
    /// - Parameter finding: by its position among the verdicts'.
    package func value(of finding: Int) -> String? {
        judgement.flatMap { $0.words.value($0.verdicts.findings[finding].place) }
    }

    /// What judging found about the file as a whole.
    private func renderedOfFile(_ finding: Finding, _ detail: FindingDetail) -> RenderedFinding {
        var rendered = rendered(FileFinding(finding.code, arguments: detail.arguments))
        let texts = judgement?.ruleTexts
        rendered.message = texts?.filled(detail.rule?.message, detail.arguments) ?? rendered.message
        rendered.remedy = texts?.filled(detail.rule?.remedy, detail.arguments) ?? rendered.remedy
        return rendered
    }

    private func arguments(
        of finding: Finding, _ detail: FindingDetail, _ spot: Spot, _ related: [String],
        _ words: WorkbookWords
    ) -> [String: String] {
        var arguments: [String: String] = [:]
        arguments["portal"] = portal
        arguments["sheet"] = words.addresses.sheetName(spot.sheet)
        arguments["row"] = spot.rowNumber.map { "\($0)" }
        arguments["field"] = spot.column
        arguments["value"] = words.value(finding.place)
        arguments["noun"] = words.noun(ofSheet: spot.sheet)
        arguments["suggestion"] = detail.suggestion.map { words.shown($0, finding.place) }
        if !related.isEmpty {
            arguments["cells"] = messages.joined(related, total: detail.relatedCount)
        }
        // Only a warning or note stands for as many cells; an error is about its own.
        if finding.severity != .error && detail.relatedCount > 1 {
            arguments["count"] = "\(detail.relatedCount)"
        }
        arguments.merge(words.localised(detail.arguments, sheet: spot.sheet)) { $1 }
        if !detail.differences.isEmpty {
            arguments["differences"] = words.told(detail.differences, sheet: spot.sheet)
        }
        addOfCode(finding, to: &arguments, words)
        if let price = arguments["price"] {
            arguments["price"] =
                price.isEmpty
                ? messages.fragment("effects.price_unknown")
                : messages.price(price, period: arguments["period"], from: detail.arguments["date"])
        }
        return arguments
    }

    /// What only some sentences name.
    private func addOfCode(
        _ finding: Finding, to arguments: inout [String: String], _ words: WorkbookWords
    ) {
        guard let sheet = finding.place.sheet else { return }
        let actions = words.judged.sheetDefinition(sheet).actions
        var action: Action?
        switch finding.code {
        case .cellNotInList:
            arguments["list"] = arguments["list"].map { words.choices($0, finding.place) }
        case .actionNotAllowed, .actionRequired:
            arguments["list"] = arguments["list"].map(words.actions)
        case .recordExists:
            // A row that gives a record a name that another one has asks for that already.
            let asked = finding.place.row.flatMap { judgement?.verdicts.actions[sheet][$0] }
            action = asked == .update ? nil : .update
        case .recordUnknown: action = .create
        default: break
        }
        if let action, actions.contains(action) {
            arguments["expected"] = action.title.text(in: messages.language)
        }
    }
}

/// Where a finding stands, in the words of the workbook.
private struct Spot {
    let sheet: Int
    var rowNumber: Int?
    var originalRowNumber: Int?
    var column: String?
    var cell: String?
    var found: String?

    init(_ finding: Finding, in words: WorkbookWords, sheet: Int) {
        self.sheet = sheet
        let place = finding.place
        if let row = place.row {
            rowNumber = words.addresses.rowNumber(sheet: sheet, row: row)
            originalRowNumber = words.judged.store.sheets[sheet].originalRowNumber(row)
        }
        column = place.field.map { words.title(sheet: sheet, field: $0) }
        cell = words.cell(place)
        found = words.found(place).map(RenderedFinding.cut)
        if finding.code.isAboutAction { pointAtAction(place.row, words) }
    }

    /// What a row asks for is no field, but stands in a cell all the same.
    private mutating func pointAtAction(_ row: Int?, _ words: WorkbookWords) {
        let store = words.judged.store.sheets[sheet]
        guard let row, let position = store.actionColumn else { return }
        column = store.columns[position].titleInOneLine
        cell = words.actionCell(sheet: sheet, row: row)
        let cell = store.cell(row: row, column: position)
        found = RenderedFinding.cut(words.judged.store.text(of: cell))
    }
}
