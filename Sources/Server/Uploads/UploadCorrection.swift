import Foundation
import Hummingbird
import Spreadsheet

/// A cell that was mended on a page.
struct UploadCorrection: Codable, Sendable {
    let sheet: String
    let cell: String
    let value: String

    static func path(in folder: String) -> String { "\(folder)/corrections.json" }

    /// Those made so far; none where there are none.
    static func all(in folder: String) throws -> [UploadCorrection] {
        guard let bytes = FileManager.default.contents(atPath: path(in: folder)) else { return [] }
        return try JSONDecoder().decode([UploadCorrection].self, from: bytes)
    }

    /// Adds some; a later one for a cell takes the place of an earlier one.
    static func add(_ new: [UploadCorrection], in folder: String) throws {
        let cells = Set(new.map { "\($0.sheet)\t\($0.cell)" })
        let kept = try all(in: folder).filter { !cells.contains("\($0.sheet)\t\($0.cell)") }
        try JSONEncoder().encode(kept + new).write(
            to: URL(filePath: path(in: folder)), options: .atomic)
    }
}

extension UploadCorrection {
    /// - Throws: `PageError` for a cell that is none.
    init(inSheet sheet: String, cell: String, value: String) throws {
        guard !sheet.isEmpty, CellReference(cell) != nil else {
            throw PageError(.badRequest, "form")
        }
        self.init(sheet: sheet, cell: cell, value: value)
    }
}
