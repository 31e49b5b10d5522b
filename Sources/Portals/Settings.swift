/// What an operator or reseller may change about a portal, by name.
package struct Settings: Sendable, Equatable {
    /// The one that every portal has: columns of a reseller's own.
    package static let addedColumns = "columns"

    /// Another one: the days after which what was uploaded goes, where a reseller wants fewer than
    /// the site keeps it; null: as many.
    package static let keptDays = "keepDays"

    package private(set) var members: [Value.Member]
    /// What people are told of them, in that order; those that are not among them are taken as
    /// their values look.
    package var fields: [SettingField] = []

    package init(_ members: [Value.Member] = []) { self.members = members }

    package subscript(name: String) -> Value? { members.first { $0.name == name }?.value }

    /// Replaces a setting, or adds it.
    package mutating func set(_ name: String, to value: Value) {
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(.init(name, value))
        }
    }

    /// The texts of a setting, each once: itself, its members, or the `name` of each member.
    package func names(_ name: String) -> [String] {
        guard let value = self[name] else { return [] }
        if let text = value.text { return [text] }
        var seen: Set<String> = []
        return (value.list ?? []).compactMap { $0.text ?? $0["name"]?.text }
            .filter { seen.insert($0).inserted }
    }
}
