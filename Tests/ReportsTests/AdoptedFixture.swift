import Portals
import Zip

@testable import Reports

/// A portal's own template, written by hand.
enum AdoptedFixture {
    static let part = "xl/worksheets/sheet1.xml"

    /// Columns A to E; B is no field.
    static let headers = [
        "Company Name *", "Notes", "Email Address", "Platform (optional)", "Billing Reference",
    ]

    static func header(row: Int = 1, prefix p: String = "") -> String {
        let cells = headers.enumerated().map { index, text in
            let letter = Array("ABCDE")[index]
            return "<\(p)c r=\"\(letter)\(row)\" t=\"inlineStr\"><\(p)is><\(p)t>\(text)</\(p)t>"
                + "</\(p)is></\(p)c>"
        }
        return "<\(p)row r=\"\(row)\">\(cells.joined())</\(p)row>"
    }

    /// - Parameter content: what is inside the worksheet.
    static func sheet(_ content: String, prefix: String = "") -> String {
        let space = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix.dropLast())"
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return "<\(prefix)worksheet \(space)=\"\(main)\">\(content)</\(prefix)worksheet>"
    }

    /// A new row: values for columns A, C, D and E, each with what stands behind the reference.
    static func row(
        _ number: Int, _ values: [String], styles: [String] = ["", "", "", ""],
        prefix p: String = ""
    ) -> String {
        let cells = zip(["A", "C", "D", "E"], zip(values, styles)).map { letter, cell in
            "<\(p)c r=\"\(letter)\(number)\"\(cell.1) t=\"inlineStr\"><\(p)is>"
                + "<\(p)t xml:space=\"preserve\">\(cell.0)"
                + "</\(p)t></\(p)is></\(p)c>"
        }
        return "<\(p)row r=\"\(number)\">\(cells.joined())</\(p)row>"
    }

    /// The template in a package, its header in row 1 unless told otherwise.
    static func template(_ package: [UInt8], headerRowNumber: Int = 1) throws -> AdoptedTemplate {
        try AdoptedTemplate(
            ZipArchive(reading: MemorySource(package)), sheetPart: part,
            headerRowIndex: headerRowNumber - 1, columns: [0: 0, 1: 2, 3: 3, 2: 4])
    }

    static func package(_ sheet: String) throws -> [UInt8] { try package(sheet.utf8) }

    /// A workbook whose first sheet is this one.
    static func package(
        _ sheet: some Collection<UInt8>, with another: String? = nil
    ) throws -> [UInt8] {
        var writer = ZipWriter(to: MemorySink())
        func add(_ name: String, _ text: String) throws {
            try writer.beginEntry(named: name, level: .stored)
            try writer.write(Array(text.utf8))
            try writer.endEntry()
        }
        let types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
        try writer.beginEntry(named: part)
        try writer.write(Array(sheet))
        try writer.endEntry()
        try add(
            "[Content_Types].xml",
            """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Default Extension="rels" \
            ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="\(types)worksheet+xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType="\(types)sheet.main+xml"/></Types>
            """)
        try add(
            "_rels/.rels",
            """
            <Relationships xmlns="\(packageRelations)"><Relationship Id="rId1" \
            Type="\(relations)/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """)
        try add(
            "xl/workbook.xml",
            """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
            xmlns:r="\(relations)"><sheets>\
            <sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>
            """)
        try add(
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships xmlns="\(packageRelations)"><Relationship Id="rId1" \
            Type="\(relations)/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
            """)
        if let another { try add(another, "<kept/>") }
        try add("customXml/item1.xml", "<kept/>")
        return try writer.finish().bytes
    }
}
