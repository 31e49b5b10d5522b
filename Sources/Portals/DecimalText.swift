/// A decimal number by its digits, so that sums of money are exact.
package struct DecimalText: Equatable, Sendable {
    /// 0 to 9, the highest first.
    private var digits: [Int]
    /// How many of them stand behind the point.
    private var fractionCount: Int

    /// Reads `12` or `12.50`; nil for a sign, an exponent, a comma, white space and anything else.
    package init?(_ text: String) {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let bytes = Array(parts.joined())
        guard parts.allSatisfy({ !$0.isEmpty }),
            bytes.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return nil }
        digits = bytes.map { Int($0 - UInt8(ascii: "0")) }
        fractionCount = parts.count == 2 ? parts[1].count : 0
    }

    /// The number so many times, with as many digits behind the point: three times `12.50` is
    /// `37.50`.
    ///
    /// - Parameter count: not negative; nil when it is too large to count with.
    package func times(_ count: Int) -> String? {
        guard count >= 0, count < Int.max / 10 else { return nil }
        var product: [Int] = []
        var carry = 0
        for digit in digits.reversed() {
            carry += digit * count
            product.append(carry % 10)
            carry /= 10
        }
        while carry > 0 {
            product.append(carry % 10)
            carry /= 10
        }
        return text(ofReversed: product)
    }

    /// As it is written: `12.50`, without zeros before the first digit.
    package var text: String { text(ofReversed: digits.reversed()) }

    private func text(ofReversed product: [Int]) -> String {
        let whole = product.dropFirst(fractionCount).reversed().drop { $0 == 0 }
        let fraction = product.prefix(fractionCount).reversed()
        return (whole.isEmpty ? "0" : whole.map(String.init).joined())
            + (fraction.isEmpty ? "" : "." + fraction.map(String.init).joined())
    }
}

extension DecimalText {
    /// The sum, with as many digits behind the point as the longer of the two has.
    package static func + (left: DecimalText, right: DecimalText) -> DecimalText {
        let fractionCount = max(left.fractionCount, right.fractionCount)
        let (one, two) = (left.reversed(to: fractionCount), right.reversed(to: fractionCount))
        var sum: [Int] = []
        var carry = 0
        for position in 0..<max(one.count, two.count) {
            carry += position < one.count ? one[position] : 0
            carry += position < two.count ? two[position] : 0
            sum.append(carry % 10)
            carry /= 10
        }
        if carry > 0 { sum.append(carry) }
        var result = left
        result.digits = sum.reversed()
        result.fractionCount = fractionCount
        return result
    }

    /// By value: neither of `9.5` and `9.50` is more than the other.
    package func isMore(than other: DecimalText) -> Bool {
        let fractionCount = max(fractionCount, other.fractionCount)
        let one = other.reversed(to: fractionCount).reversed().drop { $0 == 0 }
        let two = reversed(to: fractionCount).reversed().drop { $0 == 0 }
        return one.count == two.count ? one.lexicographicallyPrecedes(two) : one.count < two.count
    }

    /// The digits from the last one on, with so many behind the point.
    private func reversed(to fractionCount: Int) -> [Int] {
        Array(repeating: 0, count: fractionCount - self.fractionCount) + digits.reversed()
    }
}

extension DecimalText {
    /// Reads what people write for money: `9,50 €`, `USD 1,234.50`, `1.234,50`; nil for what is
    /// less than nothing, and for anything else.
    ///
    /// Where points and commas stand, the last of them divides. A point alone does; a comma alone
    /// does but for three digits behind it.
    package init?(money text: String) {
        let number = text.unicodeScalars.filter { "0123456789.,-−(".unicodeScalars.contains($0) }
            .map(Character.init)
        guard let last = number.lastIndex(where: { $0 == "." || $0 == "," }) else {
            self.init(String(number))
            return
        }
        let (whole, fraction) = (number[..<last], number[(last + 1)...])
        let other: Character = number[last] == "." ? "," : "."
        if whole.contains(number[last]) {
            // It stands between thousands, all of it: nothing divides.
            guard !whole.contains(other) else { return nil }
            self.init(String(number.filter { $0 != number[last] }))
        } else if number[last] == "," && !whole.contains(".") && fraction.count == 3 {
            self.init(String(whole + fraction))
        } else {
            self.init(String(whole.filter { $0 != other }) + "." + String(fraction))
        }
    }
}
