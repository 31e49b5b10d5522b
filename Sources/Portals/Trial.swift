/// Which rows of a sheet begin a trial that turns into something paid, and when it does.
package struct Trial: Sendable {
    /// A number of days from today.
    package enum Days: Sendable {
        case field(String)
        case setting(String)
    }

    package var when: Condition?
    /// The field that holds the day.
    package var ends: String?
    /// The field of a known record that holds the day on which it began.
    package var begins: String?
    /// How long it lasts where no day is given.
    package var days: Days?
}
