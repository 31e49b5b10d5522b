import Portals
package import Validation

/// A list of names read as a `Directory`.
///
/// The names stand in the column whose header says so, else in the first; a column of descriptions
/// is used where there is one. Names are kept as they are, whatever they look like.
package struct DirectoryList {
    package let directory: Directory

    private static let nameHeaders: Set<String> = [
        "domain", "domains", "name", "domain name", "netsapiens domain", "company name", "domäne",
    ]
    private static let descriptionHeaders: Set<String> = [
        "description", "descriptions", "customer", "company", "firm", "beschreibung", "firma",
    ]

    package init(_ file: ListFile) throws(ListFile.Failure) {
        var directory = Directory()
        var columns: (name: Int, description: Int?) = (0, nil)
        var isFirst = true
        try file.forEachRow { _, texts in
            if isFirst {
                isFirst = false
                if let header = Self.header(texts) {
                    columns = header
                    return
                }
                if texts.count > 1 { columns.description = 1 }
            }
            guard columns.name < texts.count, !texts[columns.name].isEmpty else { return }
            let description = columns.description.flatMap { $0 < texts.count ? texts[$0] : nil }
            directory.add(texts[columns.name], description: description ?? "")
        }
        self.directory = directory
    }

    private static func header(_ texts: [String]) -> (name: Int, description: Int?)? {
        let words = texts.map { $0.lowercased() }
        let description = words.firstIndex { descriptionHeaders.contains($0) }
        if let name = words.firstIndex(where: { nameHeaders.contains($0) }) {
            return (name, description == name ? nil : description)
        }
        return description == nil ? nil : (description == 0 && words.count > 1 ? 1 : 0, description)
    }
}
