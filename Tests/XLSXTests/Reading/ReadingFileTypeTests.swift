import Catalogue
import Testing
import XLSX
import Zip

/// What a file is instead of a workbook.
struct ReadingFileTypeTests {
    private func code(of bytes: [UInt8], name: String = "", limits: WorkbookLimits = .upload)
        -> Code?
    {
        do throws(WorkbookError) {
            _ = try Workbook(opening: MemorySource(bytes), name: name, limits: limits)
            return nil
        } catch { return error.code }
    }

    private static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    @Test(
        arguments: [
            ("", .fileEmpty),
            ("Company,Email\nAcme,a@b.example\n", .typeCsv), ("PK;Name\n1;2\n", .typeCsv),
            ("\u{FEFF}a\tb", .typeCsv),
            ("  <!DOCTYPE html><html></html>", .typeHtml), ("<HTML><table>", .typeHtml),
            (
                "<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
                .typeXml2003
            ),
            ("<?xml version='1.0'?><x/>", .typeNotSpreadsheet),
            ("%PDF-1.7\n%", .typeNotSpreadsheet),
            ("ID;PWXL;N;E\n", .typeUnsupported), ("\u{0}\u{1}\u{2}", .typeNotSpreadsheet),
            ("PK\u{3}\u{4}", .zipTruncated),
        ] as [(String, Code)])
    func filesAreToldByTheirFirstBytes(text: String, expected: Code) {
        #expect(code(of: Array(text.utf8)) == expected)
    }

    @Test func containersAreEncryptedWorkbooksOrOldOnes() {
        let filling = [UInt8](repeating: 0, count: 600)
        let name = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
        #expect(code(of: Self.ole + filling) == .typeXls)
        #expect(code(of: Self.ole + filling + name) == .typeEncrypted)
        #expect(code(of: Self.ole + [UInt8](repeating: 0, count: 1 << 16) + name) == .typeXls)
    }

    @Test func lockFilesAreToldByNameOrByShape() {
        let lock: [UInt8] = [4] + Array("Anna".utf8) + [UInt8](repeating: 0x20, count: 160)
        #expect(code(of: lock) == .typeLockFile)
        #expect(code(of: [1, 2, 3], name: "folder/~$customers.xlsx") == .typeLockFile)
    }

    @Test func theSizeOfAFileIsLimited() throws {
        let bytes = try ReadingFixture(rows: "").bytes()
        var limits = WorkbookLimits.upload
        limits.fileSizeMax = UInt64(bytes.count)
        #expect(code(of: bytes, limits: limits) == nil)
        limits.fileSizeMax -= 1
        #expect(code(of: bytes, limits: limits) == .fileTooLarge)
    }

    @Test(
        arguments: [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", .typeOds),
            ("mimetype", "application/vnd.oasis.opendocument.text", .typeNotSpreadsheet),
            ("Index/Document.iwa", "x", .typeNumbers), ("a.txt", "x", .typeNotSpreadsheet),
        ] as [(String, String, Code)])
    func archivesWithoutWorkbookAreToldApart(name: String, text: String, expected: Code) throws {
        var fixture = ReadingFixture(rows: "")
        fixture.parts = [(name, text)]
        #expect(try fixture.code() == expected)
    }

    @Test(
        arguments: [
            ("xl/workbook.bin", .typeXlsb), ("xl/gone.xml", .workbookNoWorkbookPart),
            ("xl/worksheets/sheet1.xml", .typeNotSpreadsheet),
        ] as [(String, Code)])
    func theOfficeDocumentHasToBeAWorkbook(target: String, expected: Code) throws {
        var fixture = ReadingFixture(rows: "")
        fixture["_rels/.rels"] = ReadingFixture.relationships([("1", "officeDocument", target)])
        #expect(try fixture.code() == expected)
    }

    @Test func workbooksOfTheBetaAreUnsupported() throws {
        var fixture = ReadingFixture(rows: "")
        fixture["xl/workbook.xml"] =
            "<workbook xmlns='http://schemas.microsoft.com/office/excel/2006/2'/>"
        #expect(try fixture.code() == .typeUnsupported)
    }

    @Test func macrosAreReportedAndReadingGoesOn() throws {
        var fixture = ReadingFixture(rows: "<row><c><v>1</v></c></row>")
        #expect(try !fixture.open().isMacroEnabled)
        let types = try #require(fixture["[Content_Types].xml"])
        fixture["[Content_Types].xml"] = types.replacing(
            "/>",
            with: "><Override PartName='/XL/workbook.xml' ContentType='"
                + "application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>")
        #expect(try fixture.open().isMacroEnabled)
        #expect(try fixture.cells() == ["A1 number \"1\""])
    }
}
