import Spreadsheet
import XML

/// What belongs to a sheet but stands behind its rows in the file, gathered while rows are written.
struct SheetExtras {
    var autofilter: CellRange?
    var merges: [CellRange] = []
    var conditionalFormats: [(range: CellRange, formula: Formula, styleIndex: Int)] = []
    var validations: [(range: CellRange, validation: DataValidation)] = []
    var links: [Link] = []
    var comments: [CellReference: String] = [:]
    var textNumbers: [CellRange] = []

    /// A link to another cell of the workbook.
    struct Link {
        let cell: CellReference
        let target: Formula
        let tooltip: String
    }

    /// Writes what comes right behind the rows, in schema order, up to the page's own elements.
    func write(to xml: inout XMLWriter) {
        if let autofilter {
            xml.element("autoFilter") { $0.attribute("ref", autofilter.description) }
        }
        writeMerges(to: &xml)
        writeConditionalFormats(to: &xml)
        writeValidations(to: &xml)
        writeLinks(to: &xml)
    }

    /// Writes the ranges where numbers written as text are meant so, and want no warning.
    func writeIgnoredErrors(to xml: inout XMLWriter) {
        guard !textNumbers.isEmpty else { return }
        xml.element("ignoredErrors") { xml in
            for range in textNumbers {
                xml.element("ignoredError") { xml in
                    xml.attribute("sqref", range.description)
                    xml.attribute("numberStoredAsText", true)
                }
            }
        }
    }

    private func writeMerges(to xml: inout XMLWriter) {
        guard !merges.isEmpty else { return }
        xml.element("mergeCells") { xml in
            xml.attribute("count", merges.count)
            for range in merges {
                xml.element("mergeCell") { $0.attribute("ref", range.description) }
            }
        }
    }

    private func writeConditionalFormats(to xml: inout XMLWriter) {
        for (index, format) in conditionalFormats.enumerated() {
            xml.element("conditionalFormatting") { xml in
                xml.attribute("sqref", format.range.description)
                xml.element("cfRule") { xml in
                    xml.attribute("type", "expression")
                    xml.attribute("dxfId", format.styleIndex)
                    xml.attribute("priority", index + 1)
                    xml.element("formula") { $0.text(format.formula.text, as: .workbookText) }
                }
            }
        }
    }

    private func writeValidations(to xml: inout XMLWriter) {
        guard !validations.isEmpty else { return }
        xml.element("dataValidations") { xml in
            xml.attribute("count", validations.count)
            for (range, validation) in validations { validation.write(range, to: &xml) }
        }
    }

    private func writeLinks(to xml: inout XMLWriter) {
        guard !links.isEmpty else { return }
        xml.element("hyperlinks") { xml in
            for link in links {
                xml.element("hyperlink") { xml in
                    xml.attribute("ref", link.cell.description)
                    xml.attribute("location", link.target.text, as: .workbookText)
                    if !link.tooltip.isEmpty {
                        xml.attribute("tooltip", link.tooltip, as: .workbookText)
                    }
                }
            }
        }
    }
}
