/// A day of the Gregorian calendar, years 1 to 9999, without time or zone.
package struct CivilDate: Hashable, Sendable {
    /// 1 to 9999.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// The day of these numbers, or nil when the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.dayCount(ofMonth: month, year: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-01-31`, exactly ten characters; else nil.
    package init?(iso bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Digits.value(bytes[0..<4]), let month = Digits.value(bytes[5..<7]),
            let day = Digits.value(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads `2026-01-31`, exactly ten characters; else nil.
    package init?(iso text: String) {
        var text = text
        guard let date = text.withUTF8({ Self(iso: $0) }) else { return nil }
        self = date
    }

    /// Reads `31.01.2026`, exactly ten characters; else nil.
    package init?(dayMonthYear bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[2] == UInt8(ascii: "."), bytes[5] == UInt8(ascii: "."),
            let day = Digits.value(bytes[0..<2]), let month = Digits.value(bytes[3..<5]),
            let year = Digits.value(bytes[6..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads `31.01.2026`, exactly ten characters; else nil.
    package init?(dayMonthYear text: String) {
        var text = text
        guard let date = text.withUTF8({ Self(dayMonthYear: $0) }) else { return nil }
        self = date
    }

    /// The number of days in a month, 28 to 31.
    private static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilDate {
    /// Days in 400 years, after which the calendar repeats.
    private static let daysInEra = 146_097
    /// Days from 0000-03-01 to 1970-01-01.
    private static let daysToEpoch = 719_468
    /// The day numbers of 0001-01-01 and 9999-12-31.
    private static let dayNumbers = -719_162...2_932_896

    /// Days since 1970-01-01, negative before.
    ///
    /// Years are taken to begin in March, so that the leap day is the last of its year and
    /// the months before any day have `(153 * month + 2) / 5` days.
    package var dayNumber: Int {
        let marchYear = month > 2 ? year : year - 1
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysInEra + dayOfEra - Self.daysToEpoch
    }

    /// The day so many days after 1970-01-01, or nil outside the years 1 to 9999.
    package init?(dayNumber: Int) {
        guard Self.dayNumbers.contains(dayNumber) else { return nil }
        let days = dayNumber + Self.daysToEpoch
        let era = days / Self.daysInEra
        let dayOfEra = days - era * Self.daysInEra
        let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = era * 400 + yearOfEra + (marchMonth < 10 ? 0 : 1)
    }

    /// The day so many days later (earlier when negative), or nil outside the years 1 to 9999.
    package func adding(days: Int) -> CivilDate? {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return overflow ? nil : CivilDate(dayNumber: sum)
    }

    /// How many days later another day is; negative when it is earlier.
    package func days(until other: CivilDate) -> Int { other.dayNumber - dayNumber }
}

extension CivilDate: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// The day as ISO 8601 text: `2026-01-31`.
    package var description: String {
        [Digits.text(year, width: 4), Digits.text(month, width: 2), Digits.text(day, width: 2)]
            .joined(separator: "-")
    }
}
