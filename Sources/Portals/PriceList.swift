/// What a setting such as `packages` says things cost.
///
/// Each member has a `name`, and `paid`, `price`, `currency`, `per`, `validFrom` as far as known.
package struct PriceList: Sendable {
    private let members: [Value]

    package init(_ settings: Settings, _ name: String) {
        members = settings[name]?.list ?? []
    }

    /// What a name costs, or nil when it is free of charge.
    ///
    /// A name that the list does not have counts as paid, its price not known.
    package func charge(for name: String) -> Price? {
        guard let member = members.first(where: { ($0["name"]?.text ?? $0.text) == name }) else {
            return Price(amount: nil, currency: nil, period: nil)
        }
        let paid = member["paid"]?.boolean ?? true
        guard paid else { return nil }
        return Price(
            amount: member["price"]?.text, currency: member["currency"]?.text,
            period: member["per"]?.text)
    }
}

/// A price as its list gives it.
package struct Price: Sendable, Equatable {
    /// A decimal number as written; nil: not known.
    package var amount: String?
    package var currency: String?
    /// What it is for: `month`.
    package var period: String?

    package init(amount: String?, currency: String?, period: String?) {
        self.amount = amount
        self.currency = currency
        self.period = period
    }

    /// `12.50 GBP`, or empty when the price is not known.
    package var money: String {
        amount == nil ? "" : [amount, currency].compactMap(\.self).joined(separator: " ")
    }
}
