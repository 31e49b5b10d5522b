import Catalogue
import Spreadsheet
import Testing

@testable import Validation

/// Every code of the catalogue has a row here: data that has it and the place it names, or where in
/// the house it comes from.
struct CodeTableTests {
    struct Exhibit: CustomTestStringConvertible, Sendable {
        var code: Code
        /// The first cells of a row of the sheet below; the rest stays blank.
        var row: [Cell] = []
        var action = ""
        /// A second row, where it takes two.
        var second: [Cell]?
        var place: String
        var knowing = Knowing(
            records: [["known", "known@ex.example"]],
            directories: [
                "domains": [("acme.service", ""), ("known", ""), ("two", "")],
                "names": [("Ann", "")],
            ])

        var testDescription: String { code.rawValue }
    }

    /// Columns: A name, B email, C text, D choice, E copy, F one, G two, H listed, I package.
    private static func bench() throws -> Bench {
        try Bench(
            fields: """
                {id: name, title: Name, type: text, rules: [{rule: required},
                 {rule: pattern, pattern: '[a-z.]+', code: domain.invalid},
                 {rule: inDirectory, directory: domains, codes: {unknown: domain.unknown,
                  case: domain.case_differs, unverified: domain.unverified}}]},
                {id: email, title: Email, type: email},
                {id: text, title: Text, type: text, rules: [{rule: maxLength, maximum: 9},
                 {rule: pattern, pattern: '[^%]*'}]},
                {id: choice, title: Choice, type: choice, choices: [Free]},
                {id: copy, title: Copy, type: text,
                    rules: [{rule: equals, field: text, fill: true}]},
                {id: one, title: One, type: text},
                {id: two, title: Two, type: text,
                    rules: [{rule: forbidden, when: {field: text, is: no}}]},
                {id: listed, title: Listed, type: text,
                    rules: [{rule: inDirectory, directory: names, exactlyOne: true}]},
                {id: package, title: Package, type: text,
                    rules: [{rule: charge, setting: packages}]}
                """,
            rules: """
                {rule: unique, fields: [email], in: [file, known]},
                {rule: exactlyOne, fields: [one, two], when: {field: text, is: one}}
                """,
            actions: "Create, Update", settings: "packages: [{name: Free, paid: false}]",
            directories: "domains: {title: Domains}, names: {title: Names}")
    }

    private static let acme: Cell = "acme.service"

    static let judged: [Exhibit] = [
        .init(code: .cellRequired, row: ["", "a@ex.example"], place: "A2"),
        .init(code: .cellForbidden, row: [acme, "", "no", "", "no", "", "x"], place: "G2"),
        .init(code: .cellExactlyOne, row: [acme, "", "one", "", "one"], place: "F2"),
        .init(code: .cellTooLong, row: [acme, "", "0123456789"], place: "C2"),
        .init(code: .cellPattern, row: [acme, "", "9%"], place: "C2"),
        .init(code: .cellNotInList, row: [acme, "", "", "Gold"], place: "D2"),
        .init(code: .cellNotText, row: [acme, "", Cell(.number, "0.5")], place: "C2"),
        .init(code: .cellMustEqual, row: [acme, "", "a", "", "b"], place: "E2"),
        .init(code: .cellErrorValue, row: [acme, "", Cell(.error, "#REF!")], place: "C2"),
        .init(code: .cellBadSharedString, row: [acme, Cell(.badSharedString, "9")], place: "B2"),
        .init(code: .cellBadReference, row: [acme, "", Cell(.badReference, "XFE1")], place: "C2"),
        .init(code: .cellMerged, row: [acme, Cell(.blank, isMerged: true)], place: "B2"),
        .init(
            code: .cellLeadingZeroLost, row: [acme, "", Cell(.number, "44", format: "000")],
            place: "C2"),
        .init(
            code: .cellScientificNotation, row: [acme, "", Cell(.number, "1.23457E+11")],
            place: "C2"),
        .init(
            code: .cellPrecisionLost, row: [acme, "", Cell(.number, "1000000000000000")],
            place: "C2"),
        .init(code: .cellInvisibleCharacter, row: [acme, "", "a\u{200B}b"], place: "C2"),
        .init(code: .cellControlCharacter, row: [acme, "", "a\u{7}b"], place: "C2"),
        .init(
            code: .cellFormulaWithoutValue, row: [acme, "", Cell(.formulaWithoutValue)], place: "C2"
        ),
        .init(code: .cellFormulaAsText, row: [acme, "", "=A5"], place: "C2"),
        .init(code: .cellTrimmed, row: [acme, "", "", "Free "], place: "D2"),
        .init(
            code: .cellFormulaValueUsed, row: [acme, "", "", Cell(.text, "Free", isFormula: true)],
            place: "D2"),
        .init(code: .cellFilled, row: [acme, "", "a"], place: "E2"),
        .init(code: .emailInvalid, row: [acme, "a@b"], place: "B2"),
        .init(code: .emailSeveral, row: [acme, "a@ex.example b@ex.example"], place: "B2"),
        .init(
            code: .emailDuplicateInFile, row: [acme, "a@ex.example"],
            second: ["two", "A@ex.example"],
            place: "B3"),
        .init(code: .emailTaken, row: [acme, "Known@ex.example"], place: "B2"),
        .init(
            code: .emailAlias, row: [acme, "ab@ex.example"], second: ["two", "a.b+c@ex.example"],
            place: "B2 x2"),
        .init(code: .emailMixedScripts, row: [acme, "a@p\u{430}ypal.example"], place: "B2"),
        .init(
            code: .emailLookalike, row: [acme, "a@\u{430}\u{441}\u{435}.example"], place: "B2"),
        .init(code: .domainInvalid, row: ["Acme Ltd"], place: "A2"),
        .init(code: .domainUnknown, row: ["acme"], place: "A2"),
        // The pattern of this sheet has small letters only, the list may have others.
        .init(
            code: .domainCaseDiffers, row: [acme], place: "A2",
            knowing: Knowing(directories: ["domains": [("Acme.Service", "")]])),
        .init(code: .domainUnverified, row: [acme], place: "A", knowing: Knowing()),
        .init(
            code: .directoryUnknown, row: [acme, "", "", "", "", "", "", "Bob"], place: "H2"),
        .init(
            code: .directoryCaseDiffers, row: [acme, "", "", "", "", "", "", "ann"], place: "H2"),
        .init(
            code: .directorySeveral, row: [acme, "", "", "", "", "", "", "Ann"], place: "H2",
            knowing: Knowing(directories: [
                "domains": [("acme.service", "")], "names": [("Ann", ""), ("Ann", "7")],
            ])),
        .init(
            code: .directoryUnverified, row: [acme, "", "", "", "", "", "", "Ann"], place: "H",
            knowing: Knowing(directories: ["domains": [("acme.service", "")]])),
        .init(code: .recordDuplicateInFile, row: [acme], second: [acme], place: "A3"),
        .init(code: .recordExists, row: ["known", "new@ex.example"], place: "A2"),
        .init(code: .recordUnknown, row: [acme], action: "Update", place: "A2"),
        .init(code: .recordUnchanged, row: ["known", "known@ex.example"], place: "2"),
        .init(code: .recordUnverified, row: [acme], place: "", knowing: Knowing(records: nil)),
        .init(code: .actionNotAllowed, row: [acme], action: "Delete", place: "2"),
        .init(
            code: .chargeApplies, row: [acme, "", "", "", "", "", "", "", "Gold"], place: "I2"),
    ]

    /// Where the other codes come from; the tests of those rooms have data for them.
    static let elsewhere: [(room: String, codes: [Code])] = [
        (
            "Zip",
            [
                .zipTruncated, .zipNoEntries, .zipBadHeader, .zipTooManyEntries, .zipBadName,
                .zipDuplicateEntry, .zipHeaderMismatch, .zipAmbiguous, .zipPrefixData,
                .zipTrailingData, .zipUnlistedData, .zipOverlap, .zipMethod, .zipEncrypted,
                .zipMultidisk, .zipRatio, .zipInflatedTooLarge, .zipSizeMismatch, .zipCrc,
                .zipCorrupt, .zipTooLarge,
            ]
        ),
        (
            "XML",
            [
                .xmlDoctype, .xmlEncodingNotAllowed, .xmlTooManyAttributes, .xmlTagTooLong,
                .xmlTooManyNamespaces, .xmlTooManyNames, .xmlTooDeep, .xmlTooManyUnknown,
                .xmlMalformed,
            ]
        ),
        (
            "XLSX",
            [
                .fileEmpty, .typeCsv, .typeHtml, .typeXml2003, .typeXls, .typeXlsb, .typeOds,
                .typeNumbers, .typeEncrypted, .typeLockFile, .typeUnsupported, .typeNotSpreadsheet,
                .sstTooLarge, .stylesTooLarge, .workbookNoWorkbookPart, .workbookSheetMissing,
                .workbookTooManySheets, .sheetBadRowRef, .sheetRowOrder, .sheetDuplicateCell,
                .sheetTooManyCells,
            ]
        ),
        (
            "Gate",
            [
                .fileTooLarge, .fileCannotRead, .typeMacroEnabled, .workbookNoVisibleSheet,
                .workbookTooManyColumns, .sheetMissing, .sheetNoRows, .sheetUnknown,
                .sheetStrayCell, .sheetTooManyMerges, .headerMissing, .headerDuplicate,
                .headerMerged, .headerUnknown, .headerRenamed, .templateUnknown,
                .templateOtherPortal, .templateOutdated,
                .templateNewer, .domainNoList, .rowsHidden, .rowsTooMany, .pkgExternalLink,
            ]
        ),
        ("Provisioning", [.templateGuessed]),
        ("Workers, which is to come", [.workerCrashed, .workerLimit]),
        (
            "Validation, with other types of fields (AcrossSheetsTests)",
            [
                .cellNotANumber, .cellNotADate, .cellAmbiguousDate, .cellNotABoolean,
                .cellOutOfRange, .countryUnknown,
            ]
        ),
        (
            "Validation, with several sheets (AcrossSheetsTests, test_portals.py)",
            [
                .cellReadOnly, .batchHeld, .actionRequired, .referenceUnknown, .referenceWrongKind,
                .referenceOtherParent, .referenceParentRejected, .referenceUnverified,
                .referenceLeftOut,
                .countTooMany, .countTooFew, .actionConflict, .linkRepeated, .linkUnverified,
                .cellTaken, .cellSwapped, .cellNotTaken, .columnShuffled, .rowCrossedOut,
                .rowWaits, .referenceAmbiguous,
            ]
        ),
        ("what is remembered (test_month.py)", [.directoryStale, .portalRefused]),
    ]

    @Test(arguments: judged)
    func `data that has the code names its place`(_ exhibit: Exhibit) throws {
        let rows =
            [Row(exhibit.row, action: exhibit.action)] + (exhibit.second.map { [Row($0)] } ?? [])
        let judged = try Self.bench().judge(rows, exhibit.knowing)
        let wanted = exhibit.code.rawValue + (exhibit.place.isEmpty ? "" : " \(exhibit.place)")
        #expect(judged.told.contains(wanted), "\(judged.told)")
        let finding = judged.verdicts.findings.first { $0.code == exhibit.code }
        #expect(finding?.severity == exhibit.code.severity)
    }

    /// Columns are judged at the same time; what they find is joined in their order.
    @Test func `what is found does not depend on the number of threads`() throws {
        let rows = Self.judged.flatMap { [Row($0.row, action: $0.action)] }
        let bench = try Self.bench()
        let store = bench.store(rows + rows)
        let known = Self.judged[0].knowing.known(bench.definition)
        let one = bench.plan.judge(store, against: known, threadCount: 1)
        let several = bench.plan.judge(store, against: known, threadCount: 4)
        #expect(one.findings.count > rows.count)
        #expect(one.findings == several.findings && one.details == several.details)
        #expect(one.states == several.states && one.actions == several.actions)
        #expect(one.replacements == several.replacements && one.changes == several.changes)
    }

    @Test func `every code has exactly one row`() {
        let codes = Self.judged.map(\.code) + Self.elsewhere.flatMap(\.codes)
        let counts = Dictionary(codes.map { ($0, 1) }, uniquingKeysWith: +)
        for code in Code.allCases { #expect(counts[code] == 1, "\(code.rawValue)") }
    }

    /// What a sentence cannot do without is given by the finding, or read from its place.
    @Test(arguments: judged)
    func `a finding gives what its sentence needs`(_ exhibit: Exhibit) throws {
        let rows =
            [Row(exhibit.row, action: exhibit.action)] + (exhibit.second.map { [Row($0)] } ?? [])
        let judged = try Self.bench().judge(rows, exhibit.knowing)
        let finding = try #require(judged.verdicts.findings.first { $0.code == exhibit.code })
        let detail = judged.verdicts.detail(of: finding) ?? FindingDetail()
        var given = Set(detail.arguments.keys)
        if finding.place.field != nil { given.insert("field") }
        if finding.place.row != nil { given.insert("value") }
        if !detail.related.isEmpty { given.formUnion(["cells", "count"]) }
        if detail.suggestion != nil { given.insert("suggestion") }
        for argument in exhibit.code.neededArguments {
            #expect(given.contains(argument.rawValue), "\(argument.rawValue)")
        }
    }
}
