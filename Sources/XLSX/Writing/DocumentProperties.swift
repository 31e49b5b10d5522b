import XML

/// What a workbook says about itself, and where a reader begins (ECMA-376 Part 1 §15.2.12, Part 2
/// §11).
///
/// No dates: the same rows give the same file tomorrow.
enum DocumentProperties {
    private static let application = "Rowgate"

    /// The relationships of the package as a whole.
    static var packageRelationships: RelationshipList {
        var relationships = RelationshipList()
        _ = relationships.add("officeDocument", target: "xl/workbook.xml")
        _ = relationships.add(
            type: "\(Namespace.packageRelationships)/metadata/core-properties",
            target: "docProps/core.xml")
        _ = relationships.add("extended-properties", target: "docProps/app.xml")
        return relationships
    }

    static func writeCore(title: String, to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("cp:coreProperties") { xml in
            xml.attribute(
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
            xml.attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
            if !title.isEmpty { xml.element("dc:title") { $0.text(title) } }
            xml.element("dc:creator") { $0.text(application) }
        }
    }

    static func writeExtended(to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("Properties") { xml in
            xml.attribute(
                "xmlns",
                "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
            xml.element("Application") { $0.text(application) }
        }
    }
}
