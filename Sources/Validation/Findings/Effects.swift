package import Portals

/// What a batch will do, in numbers that are said before anybody approves it.
package struct Effects: Sendable, Equatable {
    package var added = 0
    package var updated = 0
    package var deleted = 0
    /// The same by sheet, and what else is asked for, but for what only sends mail.
    package var changes: [ChangeCount] = []
    package var paid: [PaidPackage] = []
    package var trials: [EndingTrial] = []
    package var mails: [MailCount] = []

    package init() {}

    /// The number of things that cost money.
    package var paidCount: Int { paid.reduce(0) { $0 + $1.count } }
}

/// How many rows of a sheet ask for the same.
package struct ChangeCount: Sendable, Equatable {
    /// The sheet's id in the Definition.
    package var sheet: String
    package var action: Action
    package var count: Int

    package init(sheet: String, action: Action, count: Int) {
        self.sheet = sheet
        self.action = action
        self.count = count
    }
}

/// One paid package and how many rows ask for it.
package struct PaidPackage: Sendable, Equatable {
    package var name: String
    package var count: Int
    /// Decimal number of one; nil: price not known.
    package var price: String?
    package var currency: String?
    /// What the price is for: `month`.
    package var period: String?
    /// `price` times `count`; nil: price not known.
    package var sum: String?
    /// The day from which the price counts, in ISO 8601; nil: today.
    package var validFrom: String?

    package init(
        name: String, count: Int, price: String?, currency: String?, period: String?, sum: String?,
        validFrom: String? = nil
    ) {
        self.name = name
        self.count = count
        self.price = price
        self.currency = currency
        self.period = period
        self.sum = sum
        self.validFrom = validFrom
    }
}

/// Trials that turn into paid on a day.
package struct EndingTrial: Sendable, Equatable {
    /// ISO 8601; nil: not known.
    package var date: String?
    package var count: Int

    package init(date: String?, count: Int) {
        self.date = date
        self.count = count
    }
}

/// Mails of one kind.
package struct MailCount: Sendable, Equatable {
    package var kind: String
    package var count: Int

    package init(kind: String, count: Int) {
        self.kind = kind
        self.count = count
    }
}
