import Spreadsheet
import Testing

@Suite struct SerialDateTests {
    @Test(arguments: [
        (0, "00:00:00"), (0.5, "12:00:00"), (0.999999994, "23:59:59.999"), (1, "1900-01-01"),
        (1.25, "1900-01-01T06:00:00"), (59, "1900-02-28"), (60, "1900-02-29"),
        (60.5, "1900-02-29T12:00:00"), (61, "1900-03-01"), (43_861, "2020-01-31"),
        (43_861.000000011574, "2020-01-31T00:00:00.001"), (2_958_465, "9999-12-31"),
    ])
    func `serials of the 1900 system are ISO text and back`(serial: Double, text: String) throws {
        let date = try #require(SerialDate(serial, system: .excel1900))
        #expect(date.isoText == text)
        let back = try #require(SerialDate(isoText: text, system: .excel1900))
        #expect(back == date)
        #expect((back.serial - serial).magnitude < 1e-8)
    }

    @Test(arguments: [
        (0, "00:00:00"), (0.75, "18:00:00"), (1, "1904-01-02"), (60, "1904-03-01"),
        (42_399, "2020-01-31"), (2_957_003, "9999-12-31"),
    ])
    func `serials of the 1904 system are ISO text and back`(serial: Double, text: String) throws {
        #expect(SerialDate(serial, system: .excel1904)?.isoText == text)
        #expect(SerialDate(isoText: text, system: .excel1904)?.serial == serial)
    }

    @Test(arguments: [-1, -1e-9, 2_958_466, 2_958_465.9999999999, 1e300, .infinity, .nan])
    func `serials out of range are no dates`(serial: Double) {
        #expect(SerialDate(serial, system: .excel1900) == nil)
    }

    @Test func `the 1904 system ends on the same day`() {
        #expect(SerialDate(2_957_004, system: .excel1904) == nil)
        #expect(SerialDate(isoText: "1903-12-31", system: .excel1904) == nil)
        #expect(SerialDate(isoText: "1899-12-31", system: .excel1900) == nil)
    }

    @Test func `times and the day that never was have no date`() {
        #expect(SerialDate(0.5, system: .excel1900)?.date == nil)
        #expect(SerialDate(60, system: .excel1900)?.date == nil)
        #expect(SerialDate(61.5, system: .excel1900)?.date == CivilDate(iso: "1900-03-01"))
    }

    @Test(arguments: [
        ("2020-01-31T12:30", "2020-01-31T12:30:00"), ("12:30", "12:30:00"),
        ("2020-01-31T12:30:15Z", "2020-01-31T12:30:15"), ("12:00:00.5", "12:00:00.500"),
        ("12:00:00.123456", "12:00:00.123"),
    ])
    func `other spellings are read too`(text: String, printed: String) {
        #expect(SerialDate(isoText: text, system: .excel1900)?.isoText == printed)
    }

    @Test(arguments: [
        "", "2020", "2020-01-31T", "2020-01-31 12:00:00", "2020-02-30", "24:00:00", "12:60:00",
        "12:00:60", "12:00:00.", "12:00:00.1x", "1:2:3", "12:00:00:00", "2020-01-31T12:00:00+01:00",
        "PT1H",
    ])
    func `what is no ISO text is refused`(text: String) {
        #expect(SerialDate(isoText: text, system: .excel1900) == nil)
    }
}
