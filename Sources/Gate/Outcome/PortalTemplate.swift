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
    private let name: String

    /// - Throws: `Refusal`.
    package init(_ file: InputFile, of definition: Definition) throws {
        let workbook: Workbook
        do throws(WorkbookError) {
            workbook = try Workbook(opening: file.source, name: file.name)
        } catch {
            throw Refusal(name: file.name, reason: "\(error)")
        }
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
        name = file.name
    }

    /// The rows it is filled in with.
    ///
    /// - Throws: `Refusal` when other sheets have rows too, which it could not hold.
    func rows(among sheets: [UploadRows], of store: RowStore) throws(Refusal) -> UploadRows {
        let own = sheets.filter { store.sheets[$0.sheet].definitionIndex == sheet }
        guard own.count == sheets.count, let rows = own.first, own.count == 1 else {
            throw Refusal(name: name, reason: "it has one sheet, and there are rows of several")
        }
        return rows
    }
}
