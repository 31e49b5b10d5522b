/// Somebody who signs in.
package struct Account: Sendable, Equatable {
    /// What somebody may do; each may do what those before it may.
    package enum Role: Int, Sendable, CaseIterable, Comparable {
        /// Uploads, approves, ticks steps.
        case user
        /// Also says who signs in for the reseller, and sees what was done.
        case admin
        /// Also makes resellers.
        case site

        package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
    }

    package let id: Int64
    package let reseller: String
    /// In lower case; nobody else has it.
    package let email: String
    package let name: String
    package let role: Role
    /// As `Passwords` writes it; empty until somebody has chosen one.
    package let password: String
    package let isDisabled: Bool

    package init(
        id: Int64 = 0, reseller: String, email: String, name: String, role: Role,
        password: String = "", isDisabled: Bool = false
    ) {
        self.id = id
        self.reseller = reseller
        self.email = email.lowercased()
        self.name = name
        self.role = role
        self.password = password
        self.isDisabled = isDisabled
    }
}

/// A browser in which somebody signed in.
package struct Session: Sendable, Equatable {
    package let account: Account
    /// Seconds since 1970.
    package let begun: Int
    package let seen: Int
}
