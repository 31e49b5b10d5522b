import Catalogue
import Portals
import Validation
import XLSX

/// Finds out which portal a workbook is for, and which of its sheets hold what.
struct PortalRecognition {
    struct Choice {
        var definition: Definition?
        var assignments: [SheetAssignment] = []
        var findings: [FileFinding] = []
    }

    let workbook: Workbook
    /// The first rows of each sheet looked at so far, by the sheet's index.
    private var tops: [Int: [HeaderRow]] = [:]

    init(workbook: Workbook) { self.workbook = workbook }

    mutating func choose(
        among definitions: [Definition], named: Bool
    ) throws(WorkbookError) -> Choice {
        let meta = try WorkbookMeta(workbook)
        if let portal = meta.portal {
            if let definition = definitions.first(where: { $0.portal == portal }) {
                var choice = try assign(definition)
                choice.findings += meta.findings(for: definition)
                return choice
            }
            if named, let asked = definitions.first {
                return Choice(findings: [
                    FileFinding(
                        .templateOtherPortal, found: portal, arguments: ["portal": asked.title])
                ])
            }
        }
        var best: (choice: Choice, score: Int)?
        for definition in definitions {
            let choice = try assign(definition)
            let score = choice.assignments.reduce(0) { $0 + ($1.match?.fieldCount ?? 1) }
            if score > best?.score ?? 0 { best = (choice, score) }
        }
        if let best { return best.choice }
        return try nothingRecognised(definitions, named: named)
    }

    /// Nothing matches: the wrong workbook, or the right one with its sheets renamed.
    private mutating func nothingRecognised(
        _ definitions: [Definition], named: Bool
    ) throws(WorkbookError) -> Choice {
        let names = dataSheets.map(\.name)
        if names.isEmpty { return Choice(findings: [FileFinding(.workbookNoVisibleSheet)]) }
        if named, names.count > 1, let definition = definitions.first {
            let titles = definition.sheets.map { $0.title.text(in: "en") }
            return Choice(findings: [
                FileFinding(
                    .sheetMissing, found: names.joined(separator: ", "),
                    arguments: [
                        "expected": titles.joined(separator: ", "), "portal": definition.title,
                    ])
            ])
        }
        return Choice(findings: [
            FileFinding(
                .templateUnknown, sheet: names.first, found: names.joined(separator: ", "),
                arguments: ["expected": definitions.map(\.title).joined(separator: ", ")])
        ])
    }

    /// Which worksheet is which sheet of a Definition: by name, else the only one with its headers.
    private mutating func assign(_ definition: Definition) throws(WorkbookError) -> Choice {
        var choice = Choice(definition: definition)
        var rest = dataSheets
        for (index, sheet) in definition.sheets.enumerated() {
            let matcher = HeaderMatcher(sheet)
            let byName = rest.firstIndex { SheetName.isTitle($0.name, of: sheet) }
            let position =
                if let byName { byName as Int? } else { try onlyMatch(matcher, among: rest) }
            guard let position else { continue }
            let info = rest.remove(at: position)
            choice.assignments.append(
                SheetAssignment(info: info, sheet: index, match: matcher.match(try top(of: info))))
        }
        choice.findings = rest.map { FileFinding(.sheetUnknown, sheet: $0.name) }
        return choice
    }

    private mutating func onlyMatch(
        _ matcher: HeaderMatcher, among sheets: [SheetInfo]
    ) throws(WorkbookError) -> Int? {
        var found: [Int] = []
        for (position, info) in sheets.enumerated() where matcher.match(try top(of: info)) != nil {
            found.append(position)
        }
        return found.count == 1 ? found.first : nil
    }

    /// Visible worksheets that are not Rowgate's own.
    private var dataSheets: [SheetInfo] {
        workbook.sheets.filter { info in
            info.kind == .worksheet && info.visibility == .visible && info.partName != nil
                && !SheetName.isOwn(info.name)
        }
    }

    private mutating func top(of info: SheetInfo) throws(WorkbookError) -> [HeaderRow] {
        if let rows = tops[info.index] { return rows }
        let rows = try TextRows.top(of: info, of: workbook)
        tops[info.index] = rows
        return rows
    }
}

/// Names of worksheets, as far as they mean something.
enum SheetName {
    /// Whether a worksheet's name is one of a sheet's titles or aliases, alone or before " - "
    /// (Numbers writes "Customers - Table 1").
    static func isTitle(_ name: String, of sheet: SheetDefinition) -> Bool {
        let key = NameKey.bytes(of: name)
        return (sheet.title.all + sheet.aliases).contains { title in
            let title = NameKey.bytes(of: title)
            return key == title || key.starts(with: title + Array(" - ".utf8))
        }
    }

    static func isOwn(_ name: String) -> Bool {
        let key = NameKey.bytes(of: name)
        return OwnSheet.allCases.contains { sheet in
            sheet.title.all.contains { NameKey.bytes(of: $0) == key }
        }
    }
}
