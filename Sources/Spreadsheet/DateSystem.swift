/// From which day a workbook counts its dates (ECMA-376 Part 1 §18.17.4.1).
package enum DateSystem: Sendable {
    /// Serial 1 is 1900-01-01; serial 60 is 1900-02-29, a day that never was.
    case excel1900
    /// Serial 0 is 1904-01-01 (`date1904` of `workbookPr`).
    case excel1904

    /// The serial of the day that never was; every later serial is one day behind the calendar.
    static let leapDaySerial = 60

    /// The date of a whole serial; nil for 1900-02-29 and outside the years 1 to 9999.
    func date(ofSerial serial: Int) -> CivilDate? {
        switch self {
        case .excel1904:
            CivilDate(dayNumber: CivilDate.excel1904Origin + serial)
        case .excel1900 where serial == Self.leapDaySerial:
            nil
        case .excel1900:
            CivilDate(
                dayNumber: CivilDate.excel1900Origin + serial
                    + (serial < Self.leapDaySerial ? 1 : 0))
        }
    }

    /// The serial of a date; nil before the first day that the system can tell.
    func serial(of date: CivilDate) -> Int? {
        switch self {
        case .excel1904:
            let serial = date.dayNumber - CivilDate.excel1904Origin
            return serial >= 0 ? serial : nil
        case .excel1900:
            let serial = date.dayNumber - CivilDate.excel1900Origin
            let shifted = serial <= Self.leapDaySerial ? serial - 1 : serial
            return shifted >= 1 ? shifted : nil
        }
    }
}

extension CivilDate {
    /// The day number of 1899-12-30: serials after 1900-02-29 count from here.
    fileprivate static let excel1900Origin = -25_569
    /// The day number of 1904-01-01.
    fileprivate static let excel1904Origin = -24_107
}
