import Reports
import Spreadsheet
import Validation
import XLSX
import XML
import Zip

/// Every limit on what comes from outside, as people are told about it.
package enum LimitTable {
    /// One limit in words.
    package struct Limit: Sendable {
        package let name: String
        package let value: String
        package let unit: String
        package let reason: String

        package init(_ name: String, _ value: some BinaryInteger, _ unit: String, _ reason: String)
        {
            self.name = name
            self.value = "\(value)"
            self.unit = unit
            self.reason = reason
        }
    }

    package static let all: [Limit] = file + archive + xml + sheets + rows

    private static let workbook = WorkbookLimits.upload

    private static let file = [
        Limit(
            "upload size", workbook.fileSizeMax, "bytes",
            "A million rows of ten columns take 30 to 90 MB."),
        Limit(
            "standard input", InputFile.streamSizeMax, "bytes",
            "It is copied to a temporary file before it is read."),
        Limit("list size", ListFile.sizeMax, "bytes", "The upload's own bound."),
        Limit("settings file", InputFile.textSizeMax, "bytes", "It is held whole."),
    ]

    private static let archive = [
        Limit(
            "archive entries", workbook.zip.entryCountMax, "entries",
            "Honest workbooks have a few dozen; one in two thousand has a thousand."),
        Limit(
            "entry name", workbook.zip.entryNameSizeMax, "bytes",
            "Names of workbook parts are short."),
        Limit(
            "archive directory", workbook.zip.directorySizeMax, "bytes",
            "It is held whole; every entry takes some hundred bytes of it."),
        Limit(
            "inflated part", workbook.zip.entryInflatedSizeMax, "bytes",
            "A full sheet of text stays below it; a bomb does not."),
        Limit(
            "inflated parts together", workbook.zip.totalInflatedSizeMax, "bytes",
            "What is read costs time, not memory, and time has an end."),
        Limit(
            "inflate ratio", workbook.zip.inflateRatioMax, "times",
            "Beyond the bytes that are free no honest part grows more."),
        Limit(
            "inflated without ratio", workbook.zip.ratioFreeSize, "bytes",
            "Small parts of blanks shrink far and harm nobody."),
    ]

    private static let xml = [
        Limit("element depth", workbook.xml.depthMax, "levels", "Worksheets need about twelve."),
        Limit(
            "attributes", workbook.xml.attributesPerElementMax, "of one element",
            "Cells have three; more costs time in the parser."),
        Limit(
            "namespaces of a tag", workbook.xml.namespacesPerElementMax, "declared in one element",
            "The first element of a workbook declares a dozen."),
        Limit(
            "namespaces", workbook.xml.namespaceURIsMax, "different addresses",
            "Worksheets use about ten."),
        Limit(
            "names", workbook.xml.namesMax, "different element and attribute names",
            "Worksheets use about two hundred."),
        Limit(
            "tag size", workbook.xml.tagSizeBytesMax, "bytes",
            "A tag is held whole by the parser."),
        Limit(
            "unknown elements", workbook.xml.unknownMax, "elements and attributes",
            "They are skipped, and skipping takes time."),
        Limit(
            "section size", workbook.xml.sectionSizeBytesMax, "bytes",
            "Comments and the like are held whole by the parser."),
    ]

    private static let sheets = [
        Limit("sheets", workbook.sheetCountMax, "sheets", "Their list is held whole."),
        Limit(
            "relationships", workbook.relationshipCountMax, "of one part",
            "Two for every sheet that may be listed."),
        Limit("rows of a sheet", GridLimits.rowCountMax, "rows", "Excel's grid."),
        Limit("columns of a sheet", GridLimits.columnCountMax, "columns", "Excel's grid."),
        Limit(
            "columns read", HeaderMatcher.columnCountMax, "columns with a header",
            "No portal has a tenth of it."),
        Limit(
            "cells of a sheet", workbook.cellCountMax, "cells",
            "Three times a million rows of sixteen columns."),
        Limit(
            "row size", workbook.rowSizeBytesMax, "bytes of text",
            "A row is held whole; 200 columns of the longest text take 20 MB."),
        Limit(
            "shared strings", workbook.sharedStringCountMax, "texts",
            "Four different texts in each of a million rows."),
        Limit(
            "shared text", workbook.sharedStringsSizeBytesMax, "bytes",
            "It is held while reading."),
        Limit(
            "cell formats", workbook.cellFormatCountMax, "formats", "Excel's own limit."),
        Limit(
            "number formats", workbook.numberFormatCountMax, "formats of a workbook's own",
            "Excel keeps a few hundred; other programs repeat them."),
        Limit(
            "merged ranges", workbook.mergedRangeCountMax, "ranges of a sheet",
            "They are held; a row under one that is not could not be told."),
    ]

    private static let rows = [
        Limit(
            "cell text", GridLimits.textLengthMax, "UTF-16 units",
            "Excel's own limit; a longer text keeps its row back."),
        Limit(
            "value in a report", RenderedFinding.foundCharactersMax, "characters",
            "A million rows may repeat one long text; the workbook has the whole."),
        Limit(
            "header search", HeaderMatcher.rowCountMax, "rows from the top",
            "Notes above a header are short."),
        Limit(
            "text above rows", TextRows.topSizeMax, "bytes",
            "Twenty rows of two hundred titles, each as long as one may be."),
        Limit(
            "column title", HeaderMatcher.titleSizeMax, "bytes",
            "Excel's own limit for columns of a table; a longer header is not known."),
        Limit(
            "rows that wait for others", ValidationPlan.againCountMax, "times one after the other",
            "Each time all sheets are compared again."),
        Limit(
            "suggestions", ValidationPlan.suggestionCountMax, "different values of a column",
            "Looking for a similar name takes time."),
    ]
}
