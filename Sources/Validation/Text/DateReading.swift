package import Spreadsheet

/// What a cell of a date field says.
///
/// Nothing is guessed. As text, `2026-04-03`, `3.4.2026`, `03.04.2026` and dates with the month's
/// name in English or German are days; as a number, a whole serial with a date format is one.
package enum DateReading: Equatable, Sendable {
    /// This day, of the years 1900 to 2199.
    case day(CivilDate)
    /// One of several days, that with the day first before others: `03/04/2026`, `03.04.26`.
    case ambiguous([CivilDate])
    /// This day in a form that is not taken, worth a suggestion: `31/12/2026`, `2026/4/3`, or a day
    /// with a time that would be lost.
    case unusual(CivilDate)
    /// No day, and why.
    case noDate(Reason)

    package enum Reason: Sendable {
        /// Not of the form of a date; also a time of day, and a number without a date format.
        case malformed
        /// A day the calendar does not have: `31.02.2026`, serial 60.
        case noSuchDay
        /// A day before 1900 or after 2199: `3.4.2206`.
        case yearOutOfRange
    }

    /// The years that a date of business can have; others are slips of the keyboard.
    package static let years = 1900...2199

    /// Reads a cell by its kind.
    ///
    /// - Parameter text: as the store keeps it: the text, or the number's lexeme.
    /// - Parameter system: from where the workbook counts its days.
    package init(
        cell kind: CellKind, text: UnsafeBufferPointer<UInt8>, system: DateSystem
    ) {
        switch kind {
        case .text: self.init(text)
        case .date: self.init(serial: text, system: system)
        case .isoDate: self.init(SerialDate(isoText: text, system: system))
        default: self = .noDate(.malformed)
        }
    }
}

// Numbers.
extension DateReading {
    private init(serial lexeme: UnsafeBufferPointer<UInt8>, system: DateSystem) {
        guard let serial = NumberText.value(of: lexeme) else {
            self = .noDate(.malformed)
            return
        }
        guard let moment = SerialDate(serial, system: system) else {
            self = .noDate(.yearOutOfRange)
            return
        }
        self.init(moment)
    }

    private init(_ moment: SerialDate?) {
        guard let moment, moment.dayCount > 0 else {
            self = .noDate(.malformed)
            return
        }
        self.init(of: [moment.date], moment.millisecondOfDay == 0 ? Self.day : Self.unusual)
    }

    /// What the days say that a text or number can stand for; nil stands for one that never was.
    ///
    /// - Parameter single: what it is when there is just one.
    private init(of days: [CivilDate?], _ single: (CivilDate) -> DateReading) {
        var different: [CivilDate] = []
        for case let day? in days where !different.contains(day) { different.append(day) }
        let possible = different.filter { Self.years.contains($0.year) }
        if let first = possible.first {
            self = possible.count == 1 ? single(first) : .ambiguous(possible)
        } else {
            self = .noDate(different.isEmpty ? .noSuchDay : .yearOutOfRange)
        }
    }
}

// Texts.
extension DateReading {
    /// Reads a text, white space around it or not.
    package init(_ text: UnsafeBufferPointer<UInt8>) {
        guard let parts = DateParts(Trimming.trimmed(text)) else {
            self = .noDate(.malformed)
            return
        }
        let (first, second, third) = parts.numbers
        switch parts.form {
        case .yearFirst(let isISO):
            self.init(of: [.init(first, second, third)], isISO ? Self.day : Self.unusual)
        case .dayFirst:
            self.init(of: [.init(third, second, first)], Self.day)
        case .anyOrder:
            self.init(
                of: [.init(third, second, first), .init(third, first, second)], Self.unusual)
        case .dayFirstShortYear:
            self.init(
                of: [.init(2000 + third, second, first), .init(1900 + third, second, first)],
                Self.unusual)
        case .anyOrderShortYear:
            self.init(
                of: [
                    .init(2000 + third, second, first), .init(2000 + third, first, second),
                    .init(2000 + first, second, third), .init(1900 + third, second, first),
                    .init(1900 + third, first, second),
                ], Self.unusual)
        }
    }

    /// Reads a text, white space around it or not.
    package init(_ text: String) {
        var text = text
        self = text.withUTF8 { DateReading($0) }
    }
}

extension CivilDate {
    fileprivate init?(_ year: Int, _ month: Int, _ day: Int) {
        self.init(year: year, month: month, day: day)
    }
}
