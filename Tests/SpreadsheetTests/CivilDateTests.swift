import Spreadsheet
import Testing

@Suite struct CivilDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
        ("1899-12-30", -25_569), ("1904-01-01", -24_107), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896), ("2026-12-31", 20_818), ("1600-02-29", -135081),
        ("2400-02-29", 157113),
    ])
    func `a day has a number and a number a day`(text: String, number: Int) {
        let date = CivilDate(iso: text)
        #expect(date?.dayNumber == number)
        #expect(CivilDate(dayNumber: number) == date)
        #expect(date?.description == text)
    }

    @Test func `four hundred years of days follow one another`() throws {
        var date = try #require(CivilDate(iso: "1900-01-01"))
        for number in date.dayNumber..<(date.dayNumber + 146_097) {
            #expect(date.dayNumber == number)
            let next = try #require(date.adding(days: 1))
            #expect(date < next)
            date = next
        }
        #expect(date.description == "2300-01-01")
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31",
        "0000-01-01", "2024-1-01", "24-01-01", "2024-01-01 ", "2024/01/01", "", "20２4-01-0",
    ])
    func `what the calendar does not have is refused`(text: String) {
        #expect(CivilDate(iso: text) == nil)
    }

    @Test(arguments: [
        ("31.01.2026", "2026-01-31"), ("29.02.2024", "2024-02-29"), ("1.2.2026", nil),
        ("2026-01-31", nil), ("31.02.2026", nil), ("31.01.26", nil), ("31/01/2026", nil),
    ])
    func `dates with points are day, month, year`(text: String, iso: String?) {
        #expect(CivilDate(dayMonthYear: text)?.description == iso)
    }

    @Test func `days are counted both ways and end with the calendar`() throws {
        let day = try #require(CivilDate(iso: "2026-01-31"))
        let other = try #require(day.adding(days: -40))
        #expect(other.description == "2025-12-22")
        #expect(day.days(until: other) == -40)
        #expect(day.adding(days: .max) == nil)
        #expect(day.adding(days: .min) == nil)
        #expect(CivilDate(iso: "9999-12-31")?.adding(days: 1) == nil)
    }
}
