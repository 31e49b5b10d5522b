import XML

/// The relationships of one part: ids `rId1`, `rId2`… in the order added. None leads outside.
struct RelationshipList {
    private var targets: [(type: String, target: String)] = []

    var isEmpty: Bool { targets.isEmpty }

    /// Adds a relationship of the office document's own kinds and returns its id.
    mutating func add(_ kind: String, target: String) -> String {
        add(type: "\(Namespace.relationships)/\(kind)", target: target)
    }

    /// Adds a relationship and returns its id; the target is relative to the part's folder.
    mutating func add(type: String, target: String) -> String {
        targets.append((type, target))
        return "rId\(targets.count)"
    }

    /// Where the relationships of a part are kept; the package's own for an empty name.
    static func path(of part: String) -> String {
        let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
        return "\(part[..<slash])_rels/\(part[slash...]).rels"
    }

    func write(to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("Relationships") { xml in
            xml.attribute("xmlns", Namespace.packageRelationships)
            for (index, (type, target)) in targets.enumerated() {
                xml.element("Relationship") { xml in
                    xml.attribute("Id", "rId\(index + 1)")
                    xml.attribute("Type", type)
                    xml.attribute("Target", target)
                }
            }
        }
    }
}
