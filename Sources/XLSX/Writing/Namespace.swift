/// The namespaces and relationship types of the parts we write (ECMA-376 Part 1, Transitional).
enum Namespace {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let relationships =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let packageRelationships =
        "http://schemas.openxmlformats.org/package/2006/relationships"
    static let contentTypes = "http://schemas.openxmlformats.org/package/2006/content-types"
}
