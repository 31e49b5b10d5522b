/// A date or time as a spreadsheet keeps it: days since the system's origin, the time as a
/// fraction.
///
/// Rounded to the millisecond. Serials below 1 are times of day, without a date.
package struct SerialDate: Hashable, Sendable {
    private static let millisecondsPerDay = 86_400_000
    /// 9999-12-31 is serial 2,958,465 in the 1900 system; no later day can be told.
    private static let serialLimit = 2_958_466.0

    /// Whole days since the origin; 0 for a time of day.
    package let dayCount: Int
    /// 0 to 86,399,999.
    package let millisecondOfDay: Int
    /// From where `dayCount` counts.
    package let system: DateSystem

    /// The moment of a serial; nil when negative, not a number or after 9999-12-31.
    package init?(_ serial: Double, system: DateSystem) {
        guard serial >= 0, serial < Self.serialLimit else { return nil }
        let milliseconds = Int((serial * Double(Self.millisecondsPerDay)).rounded(.toNearestOrEven))
        self.init(
            dayCount: milliseconds / Self.millisecondsPerDay,
            millisecondOfDay: milliseconds % Self.millisecondsPerDay, system: system)
    }

    private init?(dayCount: Int, millisecondOfDay: Int, system: DateSystem) {
        self.dayCount = dayCount
        self.millisecondOfDay = millisecondOfDay
        self.system = system
        guard dayCount == 0 || isLeapDay || date != nil else { return nil }
    }

    /// The day; nil for a time of day and for 1900-02-29, which the calendar does not have.
    package var date: CivilDate? { dayCount == 0 ? nil : system.date(ofSerial: dayCount) }

    /// The number that a cell holds for this moment.
    package var serial: Double {
        Double(dayCount) + Double(millisecondOfDay) / Double(Self.millisecondsPerDay)
    }

    private var isLeapDay: Bool {
        system == .excel1900 && dayCount == DateSystem.leapDaySerial
    }
}

extension SerialDate {
    /// ISO 8601 text: `2020-01-31`, `2020-01-31T12:00:00`, `12:00:00.500`; 60 is `1900-02-29`.
    package var isoText: String {
        guard dayCount > 0 else { return timeText }
        let dateText = isLeapDay ? Self.leapDayText : date.map(\.description) ?? ""
        return millisecondOfDay == 0 ? dateText : dateText + "T" + timeText
    }

    private static let leapDayText = "1900-02-29"

    private var timeText: String {
        let (seconds, milliseconds) = millisecondOfDay.quotientAndRemainder(dividingBy: 1_000)
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
            .map { Digits.text($0, width: 2) }.joined(separator: ":")
        return milliseconds == 0 ? clock : clock + "." + Digits.text(milliseconds, width: 3)
    }

    /// Reads what `isoText` prints, also without seconds, with `Z` or finer fractions (cut to the
    /// millisecond); nil for offsets from UTC, 24:00 and days that the system cannot tell.
    ///
    /// Source: ECMA-376 Part 1 §18.17.4.2, cells of type `d`.
    package init?(isoText bytes: UnsafeBufferPointer<UInt8>, system: DateSystem) {
        var rest = bytes[...]
        var dayCount = 0
        if rest.count >= 10, rest[4] == UInt8(ascii: "-") {
            guard let serial = Self.serial(ofISODate: rest.prefix(10), system: system) else {
                return nil
            }
            dayCount = serial
            rest = rest.dropFirst(10)
            guard !rest.isEmpty else {
                self.init(dayCount: dayCount, millisecondOfDay: 0, system: system)
                return
            }
            guard rest.removeFirst() == UInt8(ascii: "T") else { return nil }
        }
        guard let milliseconds = Self.milliseconds(ofClock: rest) else { return nil }
        self.init(dayCount: dayCount, millisecondOfDay: milliseconds, system: system)
    }

    /// Reads what `isoText` prints, also without seconds, with `Z` or finer fractions (cut to the
    /// millisecond); nil for offsets from UTC, 24:00 and days that the system cannot tell.
    package init?(isoText text: String, system: DateSystem) {
        var text = text
        guard let date = text.withUTF8({ Self(isoText: $0, system: system) }) else { return nil }
        self = date
    }

    private static func serial(
        ofISODate bytes: Slice<UnsafeBufferPointer<UInt8>>, system: DateSystem
    ) -> Int? {
        if system == .excel1900, bytes.elementsEqual(leapDayText.utf8) {
            return DateSystem.leapDaySerial
        }
        return CivilDate(iso: UnsafeBufferPointer(rebasing: bytes)).flatMap {
            system.serial(of: $0)
        }
    }

    /// The milliseconds since midnight of `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f…`.
    private static func milliseconds(ofClock bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let clock = bytes.last == UInt8(ascii: "Z") ? bytes.dropLast() : bytes
        let fields = clock.split(
            separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3,
            let hour = twoDigits(fields[0], below: 24), let minute = twoDigits(fields[1], below: 60)
        else { return nil }
        let minutes = hour * 60 + minute
        guard fields.count == 3 else { return minutes * 60_000 }
        return milliseconds(ofSeconds: fields[2]).map { minutes * 60_000 + $0 }
    }

    private static func milliseconds(ofSeconds bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard let second = twoDigits(bytes.prefix(2), below: 60) else { return nil }
        let tail = bytes.dropFirst(2)
        guard let point = tail.first else { return second * 1_000 }
        let digits = tail.dropFirst().prefix(3)
        guard point == UInt8(ascii: "."), let fraction = Digits.value(digits),
            tail.dropFirst().allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
        else { return nil }
        return second * 1_000 + [100, 10, 1][digits.count - 1] * fraction
    }

    private static func twoDigits(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, below limit: Int
    ) -> Int? {
        guard bytes.count == 2, let value = Digits.value(bytes), value < limit else { return nil }
        return value
    }
}
