import Spreadsheet
import Testing

@testable import Validation

struct DateReadingTests {
    @Test(arguments: [
        ("2026-04-30", "2026-04-30"), ("2024-02-29", "2024-02-29"), ("1900-01-01", "1900-01-01"),
        ("2199-12-31", "2199-12-31"), ("30.04.2026", "2026-04-30"), ("3.4.2026", "2026-04-03"),
        ("03.4.2026", "2026-04-03"), ("29.2.2000", "2000-02-29"), (" 3.4.2026\u{A0}", "2026-04-03"),
        ("3 March 2026", "2026-03-03"), ("3. März 2026", "2026-03-03"),
        ("3. MÄRZ 2026", "2026-03-03"), ("3. Ma\u{308}rz 2026", "2026-03-03"),
        ("3.Mrz.2026", "2026-03-03"), ("Mar 3, 2026", "2026-03-03"),
        ("March 3 2026", "2026-03-03"), ("31-Dec-2026", "2026-12-31"),
        ("1.\u{A0}Jänner\u{A0}2026", "2026-01-01"), ("1. Mai 2026", "2026-05-01"),
        ("01 may 2026", "2026-05-01"), ("6 Okt 2026", "2026-10-06"), ("6 Sept. 2026", "2026-09-06"),
    ])
    func `dates that can be read in one way are days`(text: String, iso: String) throws {
        #expect(DateReading(text) == .day(try #require(CivilDate(iso: iso))))
    }

    @Test(arguments: [
        ("03/04/2026", ["2026-04-03", "2026-03-04"]), ("3-4-2026", ["2026-04-03", "2026-03-04"]),
        ("12/1/2026", ["2026-01-12", "2026-12-01"]),
        ("03.04.26", ["2026-04-03", "1926-04-03"]), ("3 March 26", ["2026-03-03", "1926-03-03"]),
        ("3-Mar-26", ["2026-03-03", "1926-03-03"]),
        ("31/12/26", ["2026-12-31", "2031-12-26", "1926-12-31"]),
        ("3-4-26", ["2026-04-03", "2026-03-04", "2003-04-26", "1926-04-03", "1926-03-04"]),
    ])
    func `dates that can be read in several ways are ambiguous`(text: String, days: [String]) {
        let days = days.compactMap { CivilDate(iso: $0) }
        #expect(DateReading(text).readings == days)
        #expect(DateReading(text) == .ambiguous(days))
    }

    @Test(arguments: [
        ("31/12/2026", "2026-12-31"), ("12/31/2026", "2026-12-31"), ("5/5/2026", "2026-05-05"),
        ("2026/04/03", "2026-04-03"), ("2026-4-3", "2026-04-03"), ("2026.04.03", "2026-04-03"),
        ("29.02.00", "2000-02-29"),
    ])
    func `dates of one reading in a form that is not taken are suggested`(
        text: String, iso: String
    ) throws {
        #expect(DateReading(text) == .unusual(try #require(CivilDate(iso: iso))))
    }

    @Test(
        arguments: [
            ("31.02.2026", .noSuchDay), ("29.02.1900", .noSuchDay), ("2026-13-01", .noSuchDay),
            ("2026-00-10", .noSuchDay), ("0.1.2026", .noSuchDay), ("32 March 2026", .noSuchDay),
            ("13/13/2026", .noSuchDay), ("00.00.0000", .noSuchDay), ("31.02.26", .noSuchDay),
            ("31.12.1899", .yearOutOfRange), ("2200-01-01", .yearOutOfRange),
            ("3.4.0026", .yearOutOfRange), ("1/2/9999", .yearOutOfRange),
            ("", .malformed), (" ", .malformed), ("tomorrow", .malformed), ("2026", .malformed),
            ("20260430", .malformed), ("46142", .malformed), ("April 2026", .malformed),
            ("2026-04-30T00:00:00", .malformed), ("2026-04-30 12:00", .malformed),
            ("3.4.2026.", .malformed), ("3..4.2026", .malformed), ("3. 4. 2026", .malformed),
            ("3.4-2026", .malformed), ("-3.4.2026", .malformed), ("+3.4.2026", .malformed),
            ("3.4.-2026", .malformed), ("3.4.026", .malformed), ("003.4.2026", .malformed),
            ("3.4.12026", .malformed), ("３.４.２０２６", .malformed), ("2026‑04‑30", .malformed),
            ("2026–04–30", .malformed), ("2026-04-3\u{200B}0", .malformed),
            ("3/March/2026", .malformed), ("3 Marhc 2026", .malformed),
            ("March 2026 3", .malformed),
            ("March April 2026", .malformed), ("3 March April", .malformed), ("..-..", .malformed),
            ("1.1.99999999999999999999", .malformed), ("\u{0}3.4.2026", .malformed),
            ("3.4.2026\u{0}", .malformed), (String(repeating: "1.", count: 16_000), .malformed),
        ] as [(String, DateReading.Reason)])
    func `what is no date says why`(text: String, reason: DateReading.Reason) {
        #expect(DateReading(text) == .noDate(reason))
    }

    @Test func `broken UTF-8 is no date`() {
        for bytes: [UInt8] in [[0xC2], [0xA0], [0x33, 0xC2, 0x2E, 0xFF, 0x2E, 0x32], [0xFF]] {
            let reading = bytes.withUnsafeBufferPointer { DateReading($0) }
            #expect(reading == .noDate(.malformed))
        }
        #expect(DateReading(UnsafeBufferPointer(start: nil, count: 0)) == .noDate(.malformed))
    }

    @Test(
        arguments: [
            ("1", .excel1900, "1900-01-01"), ("59", .excel1900, "1900-02-28"),
            ("61", .excel1900, "1900-03-01"), ("46142", .excel1900, "2026-04-30"),
            ("46142.0", .excel1900, "2026-04-30"), ("4.6142E4", .excel1900, "2026-04-30"),
            ("46142.000000001", .excel1900, "2026-04-30"), ("1", .excel1904, "1904-01-02"),
            ("60", .excel1904, "1904-03-01"), ("44680", .excel1904, "2026-04-30"),
            ("109574", .excel1900, "2199-12-31"),
        ] as [(String, DateSystem, String)])
    func `a whole serial with a date format is a day`(
        lexeme: String, system: DateSystem, iso: String
    ) throws {
        let day = try #require(CivilDate(iso: iso))
        #expect(reading(.date, lexeme, system) == .day(day))
    }

    @Test(
        arguments: [
            ("60", .noSuchDay), ("0", .malformed), ("0.5", .malformed), ("-1", .yearOutOfRange),
            ("109575", .yearOutOfRange), ("2958465", .yearOutOfRange),
            ("2958466", .yearOutOfRange), ("1e300", .yearOutOfRange), ("NaN", .malformed),
            ("1e400", .malformed), ("", .malformed), ("2026-04-30", .malformed),
            (String(repeating: "9", count: 400), .malformed),
        ] as [(String, DateReading.Reason)])
    func `a serial that is no day says why`(lexeme: String, reason: DateReading.Reason) {
        #expect(reading(.date, lexeme) == .noDate(reason))
    }

    @Test func `a time of day is not dropped unsaid`() throws {
        let day = try #require(CivilDate(iso: "2026-04-30"))
        #expect(reading(.date, "46142.5") == .unusual(day))
        #expect(reading(.isoDate, "2026-04-30T12:00:00") == .unusual(day))
    }

    @Test func `a cell of type d holds a day`() throws {
        let day = try #require(CivilDate(iso: "2026-04-30"))
        #expect(reading(.isoDate, "2026-04-30") == .day(day))
        #expect(reading(.isoDate, "2026-04-30T00:00:00Z") == .day(day))
        #expect(reading(.isoDate, "1900-02-29") == .noDate(.noSuchDay))
        #expect(reading(.isoDate, "12:00:00") == .noDate(.malformed))
        #expect(reading(.isoDate, "30.04.2026") == .noDate(.malformed))
    }

    @Test func `only text, dates and ISO dates are looked at`() {
        #expect(reading(.text, "2026-04-30").readings.count == 1)
        let others = CellKind.allCases.filter { ![.text, .date, .isoDate].contains($0) }
        for kind in others {
            #expect(reading(kind, "46142") == .noDate(.malformed), "\(kind)")
            #expect(reading(kind, "2026-04-30") == .noDate(.malformed), "\(kind)")
        }
    }

    @Test func `nothing that can be typed traps`() {
        let pieces = [
            "3", "12", "2026", "99", ".", "-", "/", " ", "März", "\u{A0}", "May", "é", "0",
        ]
        var random = SplitMix(state: 3)
        for _ in 0..<20_000 {
            let count = Int(random.next() % 7)
            let text = (0..<count).map { _ in pieces[Int(random.next() % 13)] }.joined()
            let reading = DateReading(text)
            #expect(reading.readings.allSatisfy { DateReading.years.contains($0.year) })
        }
    }

    private func reading(
        _ kind: CellKind, _ text: String, _ system: DateSystem = .excel1900
    ) -> DateReading {
        var text = text
        return text.withUTF8 { DateReading(cell: kind, text: $0, system: system) }
    }
}

extension DateReading {
    /// All the days it may be.
    fileprivate var readings: [CivilDate] {
        switch self {
        case .day(let day), .unusual(let day): [day]
        case .ambiguous(let days): days
        case .noDate: []
        }
    }
}

/// Numbers that look random and are the same in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
