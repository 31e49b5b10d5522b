/// What a program is let in with, in somebody's name.
package struct AccessToken: Sendable, Equatable {
    package let id: Int64
    /// What somebody calls it, to know it again.
    package let name: String
    /// Seconds since 1970.
    package let created: Int
    /// Nil for one that nobody used.
    package let lastUsed: Int?
    package let isRevoked: Bool

    package init(id: Int64, name: String, created: Int, lastUsed: Int?, isRevoked: Bool) {
        self.id = id
        self.name = name
        self.created = created
        self.lastUsed = lastUsed
        self.isRevoked = isRevoked
    }
}
