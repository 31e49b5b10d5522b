import Portals
package import Spreadsheet

/// Days, and where records of a sheet say that theirs is one of them.
package struct DaySpan: Sendable {
    /// What the records are kept under; nil for the day on which an upload brought them.
    package let index: RecordIndex?
    package let first: CivilDate
    package let last: CivilDate

    /// Of its first and its last day: the keys of all days between lie between these.
    package var keys: (first: [UInt8], last: [UInt8]) {
        (FieldKey.bytes("\(first)", type: .date), FieldKey.bytes("\(last)", type: .date))
    }
}
