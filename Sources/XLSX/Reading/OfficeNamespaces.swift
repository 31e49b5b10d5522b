/// The namespaces of Office Open XML: each in the form of ECMA-376 Transitional and of Strict.
enum OfficeNamespaces {
    /// SpreadsheetML itself.
    static let spreadsheet = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ]
    /// Attributes that name a relationship, and the types of relationships.
    static let relationships = [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.microsoft.com/office/2006/relationships",
    ]
    static let packageRelationships = [
        "http://schemas.openxmlformats.org/package/2006/relationships"
    ]
    static let contentTypes = ["http://schemas.openxmlformats.org/package/2006/content-types"]
    /// What the prefix `xml` always means.
    static let xml = ["http://www.w3.org/XML/1998/namespace"]

    /// Before Office 2007 was finished; such files are recognised, not read.
    static let beta = ["http://schemas.microsoft.com/office/excel/2006/2"]

    /// The order in which the handlers of SpreadsheetML parts have them.
    static let all = [spreadsheet, relationships, xml]
    static let relationshipsIndex: UInt8 = 1
    static let xmlIndex: UInt8 = 2
    static let betaIndex: UInt8 = 3
}
