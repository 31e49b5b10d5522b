/// What a memory says to a question.
package struct KnownAnswer: Sendable {
    /// Those asked for, and maybe more; nil while none is remembered at all.
    package var records: KnownRecords?
    /// By the Definition's id.
    package var directories: [String: Directory] = [:]
    package var issued = IssuedRows()
    package var recent = RecentSteps()
    /// What is to be said of it: that a list is old.
    package var findings: [FileFinding] = []

    package init(records: KnownRecords? = nil) { self.records = records }
}
