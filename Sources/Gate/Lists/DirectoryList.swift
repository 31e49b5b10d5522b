import Catalogue
package import Portals
package import Validation

/// A list of names read as a `Directory`.
///
/// The names stand in the column whose header says so, else in the first; a column of descriptions
/// is used where there is one. Names are kept as they are, whatever they look like.
package struct DirectoryList {
    package let directory: Directory
    /// The number of the row that each name stands in, by its position; empty unless asked for.
    package let rowNumbers: [Int]

    /// Words of a header above domains.
    private static let domainWords: Set<String> = [
        "domain", "domains", "domainname", "domäne", "domänen", "domänenname",
    ]
    private static let nameHeaders: Set<String> = [
        "name", "company name", "firmenname", "e-mail", "email",
    ]
    private static let descriptionHeaders: Set<String> = [
        "description", "descriptions", "customer", "company", "firm", "beschreibung", "firma",
        "name",
    ]
    /// Words of a header above what tells names apart.
    private static let referenceHeaders: Set<String> = [
        "reference", "customer reference", "referenz", "kundenreferenz", "id",
    ]

    /// - Parameter definition: what the portal says of the list; nil for nothing.
    package init(
        _ file: ListFile, of definition: DirectoryDefinition? = nil, keepsRowNumbers: Bool = false
    ) throws(ListFile.Failure) {
        let references = Self.referenceHeaders.union(
            definition?.headersBeside.map { $0.lowercased() } ?? [])
        var names = DirectoryBuilder(capacity: try file.rowCountEstimate())
        var columns: (name: Int, description: Int?) = (0, nil)
        var isFirst = true
        var rowNumbers: [Int] = []
        try file.forEachRow { row in
            if isFirst {
                isFirst = false
                if let header = Self.header(row.texts, references) {
                    columns = header
                    return
                }
                if row.count > 1 { columns.description = 1 }
            }
            let description = columns.description.map(row.text) ?? ""
            row.withBytes(of: columns.name) { name in
                if !name.isEmpty { names.add(name, description: description) }
                if keepsRowNumbers, names.count > rowNumbers.count {
                    rowNumbers.append(row.number)
                }
            }
        }
        if names.count == 0 { throw file.failure(.sheetNoRows, "there is no name in it") }
        directory = Directory(names)
        self.rowNumbers = rowNumbers
    }

    private static func header(
        _ texts: [String], _ references: Set<String>
    ) -> (name: Int, description: Int?)? {
        let words = texts.map { $0.lowercased() }
        let name =
            words.firstIndex { isDomainHeader($0) }
            ?? words.firstIndex { nameHeaders.contains($0) }
        let description = words.indices.first {
            $0 != name && descriptionHeaders.contains(words[$0])
        }
        let reference = words.firstIndex { references.contains($0) }
        if let name { return (name, description ?? reference) }
        guard let beside = reference ?? description else { return nil }
        if words.count == 1 { return (0, nil) }
        let other = beside == 0 ? 1 : 0
        return (reference == nil ? other : description ?? other, beside)
    }

    /// Whole words only: "domain.12345.service" is a name, no header.
    private static func isDomainHeader(_ text: String) -> Bool {
        text.split { $0 == " " || $0 == "_" }.contains { domainWords.contains(String($0)) }
    }
}
