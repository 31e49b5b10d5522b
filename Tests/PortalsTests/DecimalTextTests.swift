import Portals
import Testing

struct DecimalTextTests {
    @Test(arguments: [
        ("9.50", "0.5", "10.00"), ("0", "0", "0"), ("999", "1", "1000"),
        ("0.999", "0.001", "1.000"),
        ("007", "2.25", "9.25"),
    ])
    func `sums are exact`(one: String, other: String, sum: String) throws {
        let (left, right) = (try #require(DecimalText(one)), try #require(DecimalText(other)))
        #expect((left + right).text == sum && (right + left).text == sum)
    }

    @Test(arguments: [
        ("10", "9.99", true), ("9.5", "9.50", false), ("9.50", "9.5", false), ("0.1", "0.01", true),
        ("2", "10", false), ("010", "9", true),
    ])
    func `more is more by value`(one: String, other: String, isMore: Bool) throws {
        let (left, right) = (try #require(DecimalText(one)), try #require(DecimalText(other)))
        #expect(left.isMore(than: right) == isMore)
    }

    @Test(arguments: [
        ("9,50 €", "9.50"), ("USD 1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("£12", "12"),
        ("1,234", "1234"), ("1.234", "1.234"), ("1,234,567", "1234567"), ("12.5", "12.5"),
        ("1 234,5", "1234.5"), ("-5.00", nil), ("(5.00)", nil), ("", nil), ("free", nil),
        ("1.2.3,4,5", nil),
    ])
    func `money is read as people write it`(text: String, amount: String?) {
        #expect(DecimalText(money: text)?.text == amount)
    }
}
