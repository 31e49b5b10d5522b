import Spreadsheet
import XML

/// `xl/workbook.xml`: the sheets in order and the names (ECMA-376 Part 1 §18.2.27).
struct WorkbookPart {
    /// A name for a range or formula.
    struct Name {
        var name: DefinedName
        var formula: Formula
        var isHidden = false
        /// The sheet that alone knows the name; nil for all.
        var sheetIndex: Int?
    }

    /// The sheets written so far.
    private(set) var sheets: [(name: SheetName, visibility: SheetOptions.Visibility)] = []
    var names: [Name] = []

    /// Lists a sheet and returns whether it is the one to be shown first.
    mutating func add(_ options: SheetOptions) throws(WorkbookWriterError) -> Bool {
        let key = options.name.text.lowercased()
        guard !sheets.contains(where: { $0.name.text.lowercased() == key }) else {
            throw WorkbookWriterError(
                .sheetName, at: "sheet \(options.name.text)", found: "a name that is taken",
                expected: "a name of its own, whatever the case")
        }
        let isFirst = options.visibility == .visible && firstVisibleIndex == nil
        sheets.append((options.name, options.visibility))
        // What stays on the screen stays on paper.
        if options.isLandscape && options.frozenRowCount > 0 {
            names.append(
                Name(
                    name: .printTitles, formula: "\(options.name)$1:$\(options.frozenRowCount)",
                    sheetIndex: sheets.count - 1))
        }
        return isFirst
    }

    /// Gives the filter of the last sheet the name by which Excel finds it.
    mutating func setFilter(_ range: CellRange?) {
        guard let range, let sheet = sheets.last else { return }
        names.append(
            Name(
                name: .filterDatabase, formula: "\(sheet.name)\(fixed: range)", isHidden: true,
                sheetIndex: sheets.count - 1))
    }

    /// Refuses a workbook that Excel would not open.
    func check() throws(WorkbookWriterError) {
        guard firstVisibleIndex != nil else {
            throw WorkbookWriterError(
                .noVisibleSheet, at: "workbook", found: "\(sheets.count) sheets, all hidden",
                expected: "a visible sheet")
        }
    }

    private var firstVisibleIndex: Int? { sheets.firstIndex { $0.visibility == .visible } }

    func write(to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("workbook") { xml in
            xml.attribute("xmlns", Namespace.main)
            xml.attribute("xmlns:r", Namespace.relationships)
            xml.raw("<workbookPr/>")
            xml.element("bookViews") { xml in
                xml.element("workbookView") { $0.attribute("activeTab", firstVisibleIndex ?? 0) }
            }
            writeSheets(to: &xml)
            writeNames(to: &xml)
            // Saved values are right already; this lets the reader's own arithmetic have a say.
            xml.raw("<calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/>")
        }
    }

    private func writeSheets(to xml: inout XMLWriter) {
        xml.element("sheets") { xml in
            for (index, sheet) in sheets.enumerated() {
                xml.element("sheet") { xml in
                    xml.attribute("name", sheet.name.text, as: .workbookText)
                    xml.attribute("sheetId", index + 1)
                    if sheet.visibility != .visible {
                        xml.attribute("state", sheet.visibility.rawValue)
                    }
                    // Worksheets are the workbook's first relationships, in the same order.
                    xml.attribute("r:id", "rId\(index + 1)")
                }
            }
        }
    }

    private func writeNames(to xml: inout XMLWriter) {
        guard !names.isEmpty else { return }
        xml.element("definedNames") { xml in
            for name in names {
                xml.element("definedName") { xml in
                    xml.attribute("name", name.name.text)
                    if let index = name.sheetIndex { xml.attribute("localSheetId", index) }
                    if name.isHidden { xml.attribute("hidden", true) }
                    xml.text(name.formula.text, as: .workbookText)
                }
            }
        }
    }
}
