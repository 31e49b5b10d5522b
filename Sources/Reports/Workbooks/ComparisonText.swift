package import Catalogue
package import Portals
package import Validation

/// What differs between a portal's list and what is known, in words.
package struct ComparisonText {
    let differences: Differences
    let definition: Definition
    let messages: Messages
    private let sheet: SheetDefinition
    private let listTitle: String

    /// - Parameters:
    ///   - sheet: The one whose fields the portal's list has.
    ///   - directory: The list in which the names of customers stand.
    package init(
        _ differences: Differences, of definition: Definition, sheet: SheetDefinition,
        directory: DirectoryDefinition?, messages: Messages
    ) {
        self.differences = differences
        self.definition = definition
        self.sheet = sheet
        self.messages = messages
        listTitle =
            directory?.title.text(in: messages.language) ?? messages.fragment("compare.list")
    }

    /// What is different, in a sentence.
    func said(_ difference: Difference) -> String {
        words("compare.said.\(difference.kind.rawValue)", about(difference))
    }

    /// What to do about it.
    func next(_ difference: Difference) -> String {
        words("compare.next.\(difference.kind.rawValue)", about(difference))
    }

    func words(_ id: String, _ arguments: [String: String] = [:]) -> String {
        let usual = ["portal": definition.title, "list": listTitle]
        return messages.fragment(id, usual.merging(arguments) { $1 })
    }

    /// The kinds that occur, with how often.
    var groups: [(title: String, count: Int)] {
        Difference.Kind.allCases.map { kind in
            (words("compare.group.\(kind.rawValue)"), differences.count(of: kind))
        }.filter { $0.count > 0 }
    }

    /// A currency with what the money is for: `USD a month`.
    func unit(_ price: Price) -> String {
        messages.price(price.currency ?? "", period: price.period)
    }

    /// A summary of a few lines.
    package var summary: String {
        if differences.all.isEmpty { return words("compare.nothing") }
        var lines = [words("compare.found", ["count": String(differences.all.count)])]
        lines += groups.map { "  \($0.title): \($0.count)" }
        lines += differences.sums.map { sum in
            "\(words("compare.sum")): \(messages.price(sum.money, period: sum.period))"
        }
        if differences.unknownPriceCount > 0 { lines.append(unknown) }
        return lines.joined(separator: "\n")
    }

    var unknown: String {
        words("compare.unknown", ["count": String(differences.unknownPriceCount)])
    }

    private func about(_ difference: Difference) -> [String: String] {
        let blank = messages.fragment("value.empty")
        let expected = difference.kind == .nameDiffers ? difference.domain : difference.expected
        return [
            "field": difference.field.map { sheet.fields[$0].title.text(in: messages.language) }
                ?? "",
            "value": difference.found.isEmpty ? blank : difference.found,
            "expected": expected.isEmpty ? blank : expected,
        ]
    }
}
