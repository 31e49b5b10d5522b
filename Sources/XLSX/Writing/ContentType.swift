/// The content types of the parts we write (ECMA-376 Part 1 §12.3, §15.2).
enum ContentType {
    private static let spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    private static let openPackage = "application/vnd.openxmlformats-package"

    static let workbook = "\(spreadsheet).sheet.main+xml"
    static let worksheet = "\(spreadsheet).worksheet+xml"
    static let styles = "\(spreadsheet).styles+xml"
    static let sharedStrings = "\(spreadsheet).sharedStrings+xml"
    static let comments = "\(spreadsheet).comments+xml"
    static let coreProperties = "\(openPackage).core-properties+xml"
    static let extendedProperties =
        "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    static let relationships = "\(openPackage).relationships+xml"
    static let vml = "application/vnd.openxmlformats-officedocument.vmlDrawing"
    static let xml = "application/xml"
}
