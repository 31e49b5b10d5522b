import Catalogue
import Portals
import Validation
import XLSX

/// What the hidden meta sheet says about a workbook of ours; empty for any other.
struct WorkbookMeta {
    private var values: [String: String] = [:]

    init(_ workbook: Workbook) throws(WorkbookError) {
        let sheet = workbook.sheets.first { info in
            info.visibility != .visible && info.partName != nil && info.kind == .worksheet
                && info.name == OwnSheet.meta.rawValue
        }
        guard let sheet else { return }
        for row in try TextRows.top(of: sheet, of: workbook) where row.cells.count >= 2 {
            values[row.cells[0].text] = row.cells[1].text
        }
    }

    var portal: String? { values[MetaKey.portal.rawValue] }
    private var version: Int? { values[MetaKey.version.rawValue].flatMap { Int($0) } }

    /// The Definition as it reads this workbook.
    func definition(_ own: Definition) -> Definition {
        version.map { own.reading(templateOfVersion: $0) } ?? own
    }

    /// Whether the template is older or newer than what is known of the portal.
    ///
    /// - Parameter takenOver: what is called otherwise by now.
    func findings(for definition: Definition, takenOver: [String]) -> [FileFinding] {
        guard let version else { return [] }
        var arguments = ["value": "\(version)", "expected": "\(definition.version)"]
        if version < definition.version {
            if !takenOver.isEmpty { arguments["list"] = takenOver.joined(separator: ", ") }
            return [FileFinding(.templateOutdated, arguments: arguments)]
        }
        if version > definition.version {
            return [FileFinding(.templateNewer, arguments: arguments)]
        }
        return []
    }
}
