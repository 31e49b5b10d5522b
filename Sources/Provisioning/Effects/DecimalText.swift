/// A decimal number by its digits, so that sums of money are exact.
struct DecimalText: Equatable {
    /// 0 to 9, the highest first.
    private let digits: [Int]
    /// How many of them stand behind the point.
    private let fractionCount: Int

    /// Reads `12` or `12.50`; nil for a sign, an exponent, a comma, white space and anything else.
    init?(_ text: String) {
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
    func times(_ count: Int) -> String? {
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

    private func text(ofReversed product: [Int]) -> String {
        let whole = product.dropFirst(fractionCount).reversed().drop { $0 == 0 }
        let fraction = product.prefix(fractionCount).reversed()
        return (whole.isEmpty ? "0" : whole.map(String.init).joined())
            + (fraction.isEmpty ? "" : "." + fraction.map(String.init).joined())
    }
}
