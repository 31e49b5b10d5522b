package import Portals
import Reports
import Validation
import XLSX
import Zip

/// The portal's own template, found out: which sheet, which header row, which column is which
/// field.
package struct PortalTemplate {
    /// Why a workbook can't be the portal's own template.
    package struct Refusal: Error {
        package var name: String
        package var reason: String
    }

    let template: AdoptedTemplate
    /// The Definition's sheet it is filled in for.
    let sheet: Int

    /// - Throws: `Refusal`; `WorkbookError` for a workbook that can't be read.
    package init(_ file: InputFile, of definition: Definition) throws {
        let workbook = try Workbook(opening: file.source, name: file.name)
        if workbook.isMacroEnabled { throw Refusal(name: file.name, reason: "it may hold macros") }
        var recognition = PortalRecognition(workbook: workbook)
        let choice = try recognition.choose(among: [definition], portal: definition.portal)
        guard let assignment = choice.assignments.first, let match = assignment.match,
            let part = assignment.info.partName
        else {
            throw Refusal(
                name: file.name, reason: "no sheet has the columns of \(definition.title)")
        }
        if let column = match.repeated.first {
            throw Refusal(name: file.name, reason: "two columns are “\(column.title)”")
        }
        let fields = definition.sheets[assignment.sheet].fields
        if let missing = fields.indices.first(where: {
            fields[$0].isRequired && !match.hasField($0)
        }) {
            let title = fields[missing].title.text(in: "en")
            throw Refusal(name: file.name, reason: "it has no column “\(title)”")
        }
        var columns: [Int: Int] = [:]
        for column in match.columns {
            if case .field(let field) = column.meaning { columns[field] = column.columnIndex }
        }
        do {
            template = try AdoptedTemplate(
                try ZipArchive(reading: file.source), sheetPart: part,
                headerRowIndex: match.rowIndex, columns: columns)
        } catch let error as AdoptionError {
            throw Refusal(name: file.name, reason: "\(error)")
        }
        sheet = assignment.sheet
    }
}
