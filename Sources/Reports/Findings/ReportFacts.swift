package import Portals
package import Spreadsheet
package import Validation

/// All that the reports of one workbook tell.
package struct ReportFacts: Sendable {
    /// Nil when the portal could not be recognised.
    package var definition: Definition?
    package var today: CivilDate?
    /// The workbook's file name, without folders; nil: not known.
    package var workbookName: String?
    /// Hexadecimal digits.
    package var workbookSHA256: String?
    /// The other inputs in the order in which reports list them: directories, existing, settings.
    package var inputs: [ReportInput] = []
    package var counts = RowCounts()
    package var effects = Effects()
    /// What is said about the file, its sheets and headers.
    package var fileFindings: [FileFinding]
    /// Nil when the file could not be judged.
    package let judged: JudgedWorkbook?

    /// A workbook that was judged; counts follow from its verdicts.
    package init(_ judged: JudgedWorkbook, fileFindings: [FileFinding] = []) {
        definition = judged.definition
        counts = RowCounts(judged.store, judged.verdicts)
        self.fileFindings = fileFindings
        self.judged = judged
    }

    /// A file that could not be judged.
    package init(unjudged fileFindings: [FileFinding], of definition: Definition? = nil) {
        self.definition = definition
        self.fileFindings = fileFindings
        judged = nil
    }
}

/// One input beside the workbook.
package struct ReportInput: Sendable, Equatable {
    /// A directory's id, `existing` or `settings`.
    package var name: String
    /// Hexadecimal digits; nil when it was not given.
    package var sha256: String?

    package init(_ name: String, sha256: String?) {
        self.name = name
        self.sha256 = sha256
    }
}
