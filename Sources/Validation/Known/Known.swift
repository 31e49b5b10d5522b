package import Portals
package import Spreadsheet

/// All that judging may know besides the workbook. The caller fetches it; `Validation` never does.
package struct Known: Sendable {
    package var settings: Settings
    /// By the Definition's id. A directory that is absent was not given: names are `unverified`.
    package var directories: [String: Directory]
    /// Nil: nothing is known at all.
    package var records: KnownRecords?
    /// What earlier tries of the same upload got already.
    package var issued = IssuedRows()
    /// What was asked for so lately that the portal does not take it again yet.
    package var recent = RecentSteps()
    package var today: CivilDate

    package init(
        settings: Settings, directories: [String: Directory] = [:], records: KnownRecords? = nil,
        today: CivilDate
    ) {
        self.settings = settings
        self.directories = directories
        self.records = records
        self.today = today
    }
}
