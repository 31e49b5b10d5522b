/// What a setting such as `packages` says things cost.
///
/// Each member has a `name`, and `paid`, `price`, `currency`, `per`, `validFrom` as far as known.
///
/// Of several with one name the one counts that began last. What begins only after today counts
/// where there is no other.
package struct PriceList: Sendable {
    private let members: [Value]
    private let today: String

    /// - Parameter today: ISO 8601.
    package init(_ settings: Settings, _ name: String, on today: String) {
        members = settings[name]?.list ?? []
        self.today = today
    }

    /// What a name costs, or nil when it is free of charge.
    ///
    /// A name that the list does not have counts as paid, its price not known.
    package func charge(for name: String) -> Price? {
        guard let member = member(name) else {
            return Price(amount: nil, currency: nil, period: nil)
        }
        let paid = member["paid"]?.boolean ?? true
        guard paid else { return nil }
        let begin = begin(of: member)
        return Price(
            amount: member["price"]?.text, currency: member["currency"]?.text,
            period: member["per"]?.text, validFrom: begin > today ? begin : nil)
    }

    private func member(_ name: String) -> Value? {
        let named = members.filter { ($0["name"]?.text ?? $0.text) == name }
        let begun = named.filter { begin(of: $0) <= today }
        return begun.max { begin(of: $0) < begin(of: $1) }
            ?? named.min { begin(of: $0) < begin(of: $1) }
    }

    /// The day from which a member counts; empty: always. Days of ISO 8601 sort as texts do.
    private func begin(of member: Value) -> String { member["validFrom"]?.text ?? "" }
}

/// A price as its list gives it.
package struct Price: Sendable, Equatable {
    /// A decimal number as written; nil: not known.
    package var amount: String?
    package var currency: String?
    /// What it is for: `month`.
    package var period: String?
    /// The day from which it counts, in ISO 8601; nil: today.
    package var validFrom: String?

    package init(amount: String?, currency: String?, period: String?, validFrom: String? = nil) {
        self.amount = amount
        self.currency = currency
        self.period = period
        self.validFrom = validFrom
    }

    /// `12.50 GBP`, or empty when the price is not known.
    package var money: String {
        amount == nil ? "" : [amount, currency].compactMap(\.self).joined(separator: " ")
    }
}
