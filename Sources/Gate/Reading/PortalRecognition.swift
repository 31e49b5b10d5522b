import Catalogue
import Portals
import Validation
import XLSX

/// Finds out which portal a workbook is for, and which of its sheets hold what.
struct PortalRecognition {
    let workbook: Workbook
    /// The first rows of each sheet looked at so far, by the sheet's index.
    private var tops: [Int: [HeaderRow]] = [:]

    init(workbook: Workbook) { self.workbook = workbook }

    /// - Parameter portal: the portal somebody named; nil: any of them.
    mutating func choose(
        among definitions: [Definition], portal: String?
    ) throws(WorkbookError) -> Recognition {
        let candidates = definitions.filter { portal == nil || $0.portal == portal }
        let meta = try WorkbookMeta(workbook)
        let own = definitions.first { $0.portal == meta.portal }
        let asked = portal == nil ? nil : candidates.first
        if let asked, let other = meta.portal, other != asked.portal {
            return Recognition(findings: [
                FileFinding(
                    .templateOtherPortal, found: own?.title ?? other,
                    arguments: ["portal": asked.title])
            ])
        }
        if let own {
            var choice = try assign(meta.definition(own))
            if choice.assignments.isEmpty { return try nothingRecognised([own], asked: own) }
            choice.findings += meta.findings(for: own, takenOver: choice.takenOver)
            return choice
        }
        let best = try best(of: candidates)
        if let asked, !(best.first?.isComplete ?? false),
            let other = try otherPortal(than: best.first, among: definitions)
        {
            return Recognition(findings: [
                FileFinding(
                    .templateOtherPortal, found: other.title, arguments: ["portal": asked.title])
            ])
        }
        if best.count == 1 { return best[0] }
        let fitting = best.compactMap(\.definition)
        return try nothingRecognised(fitting.isEmpty ? candidates : fitting, asked: asked)
    }

    /// The choices whose columns fit most; of several nobody knows which is meant.
    private mutating func best(
        of definitions: [Definition]
    ) throws(WorkbookError) -> [Recognition] {
        var choices: [Recognition] = []
        for definition in definitions { choices.append(try assign(definition)) }
        let score = choices.map(\.fieldCount).max() ?? 0
        return choices.filter { $0.fieldCount == score && score > 0 }
    }

    /// The one portal that the workbook is wholly for, where it fits the one that was named less
    /// and lacks columns of it.
    private mutating func otherPortal(
        than choice: Recognition?, among definitions: [Definition]
    ) throws(WorkbookError) -> Definition? {
        let best = try best(of: definitions)
        guard best.count == 1, best[0].isComplete, best[0].fieldCount > choice?.fieldCount ?? 0
        else { return nil }
        return best[0].definition
    }

    /// Nothing matches: the wrong workbook, or the right one with its sheets renamed.
    ///
    /// - Parameter asked: the portal it should be for, if that is known.
    private mutating func nothingRecognised(
        _ definitions: [Definition], asked: Definition?
    ) throws(WorkbookError) -> Recognition {
        let names = dataSheets.map(\.name)
        if names.isEmpty { return Recognition(findings: [whyThereIsNoSheet]) }
        if let asked, names.count > 1 {
            let titles = asked.sheets.map { $0.title.text(in: "en") }
            return Recognition(findings: [
                FileFinding(
                    .sheetMissing, found: names.joined(separator: ", "),
                    arguments: [
                        "expected": titles.joined(separator: ", "), "portal": asked.title,
                    ])
            ])
        }
        return Recognition(findings: [
            FileFinding(
                .templateUnknown, sheet: names.first, found: names.joined(separator: ", "),
                arguments: ["expected": definitions.map(\.title).joined(separator: ", ")])
        ])
    }

    /// Which worksheet is which sheet of a Definition: by title, by another name, else the only one
    /// that has its headers and none that fit it better.
    private mutating func assign(_ definition: Definition) throws(WorkbookError) -> Recognition {
        var choice = Recognition(definition: definition)
        var rest = dataSheets
        var infos: [Int: SheetInfo] = [:]
        for (index, sheet) in definition.sheets.enumerated() {
            let position = WorksheetName.position(of: sheet, among: rest.map(\.name))
            if let position { infos[index] = rest.remove(at: position) }
        }
        let matchers = definition.sheets.map { HeaderMatcher($0) }
        var fits: [Int: [Int]] = [:]
        for (position, info) in rest.enumerated() {
            let top = try top(of: info)
            let counts = matchers.map { $0.match(top)?.fieldCount ?? 0 }
            guard let best = counts.max(), best > 0, let index = counts.firstIndex(of: best) else {
                continue
            }
            fits[index, default: []].append(position)
        }
        for (index, positions) in fits where positions.count == 1 && infos[index] == nil {
            infos[index] = rest[positions[0]]
        }
        for (index, info) in infos.sorted(by: { $0.key < $1.key }) {
            choice.assignments.append(
                SheetAssignment(
                    info: info, sheet: index, match: matchers[index].match(try top(of: info))))
        }
        let read = Set(infos.values.map(\.index))
        choice.findings = rest.filter { !read.contains($0.index) }.map {
            FileFinding(.sheetUnknown, sheet: $0.name)
        }
        return choice
    }

    /// Visible worksheets that are not Rowgate's own.
    /// A sheet people would see has no part in the file, or there is none to see.
    private var whyThereIsNoSheet: FileFinding {
        let lost = workbook.sheets.first {
            $0.kind == .worksheet && $0.visibility == .visible && $0.missing != nil
        }
        guard let lost else { return FileFinding(.workbookNoVisibleSheet) }
        return FileFinding(.workbookSheetMissing, arguments: ["sheet": lost.name])
    }

    private var dataSheets: [SheetInfo] {
        workbook.sheets.filter { info in
            info.kind == .worksheet && info.visibility == .visible && info.partName != nil
                && !WorksheetName.isOwn(info.name)
        }
    }

    private mutating func top(of info: SheetInfo) throws(WorkbookError) -> [HeaderRow] {
        if let rows = tops[info.index] { return rows }
        let rows = try TextRows.top(of: info, of: workbook)
        tops[info.index] = rows
        return rows
    }
}
