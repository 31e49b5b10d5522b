import XLSX

/// Names in a column of the hidden sheet `Lists`, known to dropdowns and live checks by a defined
/// name.
struct NameList {
    /// A longer list makes workbooks slow and is left out.
    static let countMax = 10_000

    static func fits(_ count: Int) -> Bool { (1...countMax).contains(count) }

    /// The column's header on the sheet.
    let title: String
    let names: [String]
    /// For each name what came with it; empty when nothing did.
    let descriptions: [String]
    /// Counts from 1 in the order of the sheet's columns.
    let number: Int
    /// Whether names differ by case alone, so that a search cannot tell which one is meant.
    let hasCaseTwins: Bool
    /// The first name by its lower-case form.
    private let positions: [String: Int]

    init(title: String, names: [String], descriptions: [String] = [], number: Int) {
        self.title = title
        self.names = names
        self.descriptions = descriptions
        self.number = number
        var positions: [String: Int] = [:]
        for (position, name) in names.enumerated() {
            let key = name.lowercased()
            if positions[key] == nil { positions[key] = position }
        }
        self.positions = positions
        hasCaseTwins = positions.count < Set(names).count
    }

    var definedName: DefinedName { DefinedName("List", number: number) }

    /// The first name that is the same whatever the case, as a spreadsheet's search finds it.
    func name(like text: String) -> String? {
        positions[text.lowercased()].map { names[$0] }
    }
}
