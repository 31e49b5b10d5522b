package import Portals

/// Something in which a portal's list and what is known elsewhere don't agree.
package struct Difference: Sendable, Equatable {
    /// What it is. The raw value is what the message files call it.
    package enum Kind: String, Sendable, CaseIterable {
        /// At the portal, but no name of the directory is like it.
        case noDomain = "no_domain"
        /// A name of the directory is the same but for case or spaces.
        case nameDiffers = "name_differs"
        /// In the directory, but nothing at the portal is like it.
        case noCompany = "no_company"
        /// A field that must equal another does not.
        case mustEqual = "must_equal"
        /// A field has none of the values that the settings name.
        case notAChoice = "not_a_choice"
        /// What is paid for is not what was ordered.
        case otherPackage = "other_package"
        /// Known, but not at the portal.
        case notArrived = "not_arrived"
        /// On the invoice, but not at the portal.
        case billedNotThere = "billed_not_there"
        /// On the invoice and at the portal, but not known.
        case billedNotKnown = "billed_not_known"
    }

    package var kind: Kind
    /// The name at the portal; where it is not there, what it is called elsewhere.
    package var name: String
    /// The name of the directory; empty for none.
    package var domain = ""
    package var reference = ""
    package var package = ""
    /// What it costs; nil: nothing.
    package var price: Price?
    /// The field that is not as it must be, by its index in the list's sheet.
    package var field: Int?
    /// What must or did stand there.
    package var expected = ""
    /// What stands there.
    package var found = ""
    /// "companies.csv, A7".
    package var place: String
    /// Whom it is about: those that are about the same customer have the same.
    package var customer: [UInt8]

    init(_ kind: Kind, name: String, place: String, customer: [UInt8]) {
        self.kind = kind
        self.name = name
        self.place = place
        self.customer = customer
    }
}

/// All differences, the most expensive first, with what they cost together.
package struct Differences: Sendable {
    package let all: [Difference]
    /// A sum for each currency and period, in the order in which the first price with it stands.
    /// A customer counts once, with the highest price told of it.
    package let sums: [Price]
    /// Customers that cost something of which nobody knows how much.
    package let unknownPriceCount: Int

    init(_ differences: [Difference]) {
        let ranked = differences.enumerated().map { position, difference in
            (difference, rank: Self.rank(difference.price), position)
        }
        all = ranked.sorted { left, right in
            if left.rank.order != right.rank.order { return left.rank.order < right.rank.order }
            if let one = left.rank.amount, let two = right.rank.amount {
                if one.isMore(than: two) { return true }
                if two.isMore(than: one) { return false }
            }
            return left.2 < right.2
        }.map(\.0)
        var (sums, counted, unknown): ([(Price, DecimalText)], Set<[UInt8]>, Int) = ([], [], 0)
        for difference in all {
            guard var price = difference.price, counted.insert(difference.customer).inserted else {
                continue
            }
            guard let amount = price.amount.flatMap(DecimalText.init(_:)) else {
                unknown += 1
                continue
            }
            price.amount = nil
            if let index = sums.firstIndex(where: { $0.0 == price }) {
                sums[index].1 = sums[index].1 + amount
            } else {
                sums.append((price, amount))
            }
        }
        self.sums = sums.map { price, sum in
            Price(amount: sum.text, currency: price.currency, period: price.period)
        }
        unknownPriceCount = unknown
    }

    /// How many there are of a kind.
    package func count(of kind: Difference.Kind) -> Int { all.count { $0.kind == kind } }

    private static func rank(_ price: Price?) -> (order: Int, amount: DecimalText?) {
        guard let price else { return (2, nil) }
        let amount = price.amount.flatMap(DecimalText.init(_:))
        return (amount == nil ? 1 : 0, amount)
    }
}
