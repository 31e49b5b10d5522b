import Gate
package import Ledger
import XLSX
import Zip

/// Looks for values in what was handed to a site.
package struct SiteSearch {
    private let files: SiteFolder
    private let memory: any SiteMemory

    package init(_ files: SiteFolder, _ memory: any SiteMemory) {
        self.files = files
        self.memory = memory
    }

    /// Uploads of a reseller whose workbook, or a correction of it, holds a value somewhere,
    /// letters' case apart; with them those that can't be read to the end.
    package func uploads(holding value: String, of reseller: String) throws -> [SiteUpload] {
        let wanted = value.lowercased()
        return try memory.uploads(of: reseller, portal: nil, countMax: .max).filter { upload in
            let folder = files.upload(upload.id)
            return holdsText(wanted, at: "\(folder)/corrections.json")
                || holdsCell(wanted, at: "\(folder)/workbook.xlsx")
        }
    }

    /// Removes uploads with all their files; what they brought stays known.
    package func remove(_ uploads: [SiteUpload]) throws {
        for upload in uploads { try memory.remove(upload, from: files) }
    }

    private func holdsText(_ wanted: String, at path: String) -> Bool {
        do {
            return try InputFile(opening: path).text().lowercased().contains(wanted)
        } catch {
            return false
        }
    }

    private func holdsCell(_ wanted: String, at path: String) -> Bool {
        do {
            let input = try InputFile(opening: path)
            var dump = CellDump(try Workbook(opening: input.source, name: input.name))
            var lines: [UInt8] = []
            while try dump.next(into: &lines) {
                if String(decoding: lines, as: UTF8.self).lowercased().contains(wanted) {
                    return true
                }
                lines.removeAll(keepingCapacity: true)
            }
            return false
        } catch {
            return true
        }
    }
}
