import Catalogue
import Foundation
import Testing
import Validation
import XLSX
import Zip

@testable import Gate

/// Files that are no workbooks, or none that can be read.
struct BadFileTests {
    private static let codes: [(String, Code)] = [
        ("bad-crc.xlsx", .zipCrc), ("binary.xlsb", .typeXlsb), ("csv.xlsx", .typeCsv),
        ("dtd.xlsx", .xmlDoctype), ("empty.xlsx", .fileEmpty), ("encrypted.xlsx", .typeEncrypted),
        ("html.xlsx", .typeHtml), ("macro.xlsm", .typeMacroEnabled), ("old.xls", .typeXls),
        ("plain.xlsx", .typeNotSpreadsheet), ("sheet.ods", .typeOds),
        ("truncated.xlsx", .zipTruncated), ("xml2003.xlsx", .typeXml2003),
        ("~$lock.xlsx", .typeLockFile),
    ]

    @Test func everyBadFixtureIsHere() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: "\(Fixture.root)/Fixtures/bad")
        #expect(names.sorted() == Self.codes.map(\.0).sorted())
    }

    @Test(arguments: codes)
    func oneFindingSaysWhatItIs(_ name: String, code: Code) throws {
        let judgement = try Studio.judge(try Fixture.open("bad/\(name)"))
        #expect(judgement.codes == [code])
        #expect(judgement.fileError == code)
        #expect(judgement.verdicts == nil)
        #expect(judgement.counts == RowCounts())
    }

    @Test(arguments: codes, ["en", "de"])
    func theReportOfItIsWhole(_ file: (String, Code), language: String) throws {
        let judgement = try Studio.judge(try Fixture.open("bad/\(file.0)"))
        let messages = try Messages(language: language)
        for format in ReportFormat.allCases {
            let facts = try judgement.facts(tellsDigests: format.tellsDigests)
            let text = try Text.of(try format.report(facts, messages: messages))
            #expect(!text.contains("{value}") && !text.contains("{part}"))
            #expect(text.contains(file.1.rawValue), "\(format)")
        }
    }

    @Test func nothingIsWrittenOfIt() throws {
        let folder = try TemporaryFolder()
        let judgement = try Studio.judge(try Fixture.open("bad/truncated.xlsx"))
        let outcome = Outcome(judgement, messages: try Messages(language: "en"))
        try outcome.write(toFolder: folder.path("outcome"))
        try outcome.writeRejected(to: folder.path("rejected.xlsx"))
        #expect(folder.names == [])
    }

    @Test func theLimitOfSizeHoldsBeforeAnythingIsRead() throws {
        let size = WorkbookLimits.upload.fileSizeMax
        let file = InputFile(name: "x.xlsx", source: EndlessSource(size: size + 1))
        #expect(try Studio.judge(file).codes == [.fileTooLarge])
    }

    @Test func aFileCutAnywhereNeverPassesForAWhole() throws {
        let source = try Fixture.open("studio/good.xlsx").source
        let bytes = try source.allBytes()
        for count in stride(from: 1, to: bytes.count, by: bytes.count / 40) {
            let cut = InputFile(name: "cut.xlsx", bytes: Array(bytes.prefix(count)))
            let judgement = try Studio.judge(cut)
            #expect(judgement.fileError != nil)
            #expect(judgement.verdicts == nil)
        }
    }

    @Test func anErrorOfAPartKeepsItsPlace() {
        let error = WorkbookError(
            .sheetRowOrder, part: "xl/worksheets/sheet1.xml", rowNumber: 7, found: "row 5",
            expected: "a row after 7")
        let finding = FileFinding(error)
        #expect(finding.rowNumber == 7)
        #expect(finding.arguments["part"] == "xl/worksheets/sheet1.xml")
        #expect(finding.arguments["row"] == "7")
        #expect(finding.severity == .error)
    }
}
