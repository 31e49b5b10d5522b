import Catalogue
import Foundation
import Portals
import Spreadsheet
import Testing
import Validation
import XLSX

@testable import Gate

/// The portal most tests judge workbooks of.
enum Studio {
    static let header: [CellContent] = [
        "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
        "Platform", "Package",
    ]

    /// Positions of columns, as in `header`.
    enum Column { static let (name, email, first, last, reference, platform) = (0, 1, 2, 3, 4, 5) }

    /// A row without fault, for a name of `names`.
    static func row(_ name: String) -> [CellContent] {
        [
            .text("\(name).12345.service"), .text("\(name)@mail.example"), "Ann", "Lee", .blank,
            "Luminate Wholesale", .blank,
        ]
    }

    static let names = ["acme", "birch", "cedar", "dune", "elm", "fir", "gorse", "hazel"]

    static var list: ListFile {
        let lines = names.map { "\($0).12345.service" }.joined(separator: "\n")
        return ListFile(InputFile(name: "domains.txt", bytes: Array(lines.utf8)))
    }

    static func gate() throws -> Gate { try Gate(Definitions.embedded()) }

    static func inputs(
        names: ListFile? = list, existing: ListFile? = nil
    ) throws -> KnownInputs {
        var inputs = KnownInputs(today: try #require(CivilDate(iso: "2026-01-05")))
        inputs.names = names
        inputs.existing = existing
        return inputs
    }

    static func judge(
        _ workbook: InputFile, portal: String? = nil, names: ListFile? = list,
        existing: ListFile? = nil, hiddenRows: GateRequest.HiddenRows? = nil
    ) throws -> Judgement {
        var request = GateRequest(
            workbook, portal: portal, inputs: try inputs(names: names, existing: existing))
        request.hiddenRows = hiddenRows
        return try gate().judge(request)
    }

    /// Judges one sheet `Customers` with the usual header and these rows below it.
    static func judge(
        rows: [[CellContent]?], hiddenRows: GateRequest.HiddenRows? = nil
    ) throws -> Judgement {
        try judge(try InputFile([TestSheet([header] + rows)]), hiddenRows: hiddenRows)
    }

    /// Judges a fixture against the list beside it.
    static func judgeFixture(
        _ name: String, hiddenRows: GateRequest.HiddenRows? = nil
    ) throws -> Judgement {
        try judge(
            try Fixture.open("studio/\(name)"), names: ListFile(Fixture.open("studio/domains.csv")),
            hiddenRows: hiddenRows)
    }
}

/// Files that other programs made.
enum Fixture {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func open(_ path: String) throws -> InputFile {
        try InputFile(opening: "\(root)/Fixtures/\(path)")
    }

    static let studio: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/Fixtures/studio"))?
        .filter { $0.hasSuffix(".xlsx") }.sorted() ?? []
}

/// A finding of a row, as tests compare them.
struct Told: Hashable, CustomStringConvertible {
    var code: Code
    /// In the workbook at hand, from 1.
    var row: Int
    /// The field's id.
    var field: String?

    init(_ code: Code, _ row: Int, _ field: String? = nil) {
        self.code = code
        self.row = row
        self.field = field
    }

    var description: String { "\(code.rawValue) \(row) \(field ?? "-")" }
}

extension Judgement {
    /// Codes of what is said about the file.
    var codes: [Code] { findings.map(\.code) }

    /// Errors of rows in order, with the row's number in the workbook, or in the first one.
    func errors(original: Bool = false) -> [Told] {
        guard let store, let verdicts, let plan else { return [] }
        return verdicts.findings.filter { $0.severity == .error }.compactMap { finding in
            guard let index = finding.place.sheet, let row = finding.place.row else { return nil }
            let sheet = store.sheets[index]
            let fields = plan.definition.sheets[sheet.definitionIndex].fields
            return Told(
                finding.code, original ? sheet.originalRowNumber(row) : sheet.rowNumber(row),
                finding.place.field.map { fields[$0].id })
        }
    }

    /// What a field of the first sheet says.
    func text(row: Int, _ field: String) throws -> String {
        let store = try #require(store)
        let sheet = try #require(plan).definition.sheets[store.sheets[0].definitionIndex]
        return store.text(sheet: 0, row: row, field: try #require(sheet.fieldIndex(field)))
    }
}
