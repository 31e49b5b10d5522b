import XML
import Zip

/// The package of a workbook: parts into the archive, and what must be said about them elsewhere
/// (ECMA-376 Part 2: content types and relationships).
///
/// A class because the workbook and the sheet being written share it.
final class PackageWriter<Sink: ByteSink>: PartSink {
    private var zip: ZipWriter<Sink>
    private let level: CompressionLevel
    private var openPart = ""
    /// Parts with a content type of their own, in the order written.
    private var contentTypes: [(part: String, type: String)] = []

    init(to sink: Sink, level: CompressionLevel, threadCount: Int) {
        zip = ZipWriter(to: sink, threadCount: threadCount)
        self.level = level
    }

    /// Begins a part; the name has no leading `/`.
    func begin(_ part: String, contentType: String?) throws(WorkbookWriterError) {
        openPart = part
        if let contentType { contentTypes.append((part, contentType)) }
        do { try zip.beginEntry(named: part, level: level) } catch {
            throw WorkbookWriterError(error, at: part)
        }
    }

    func flush(_ xml: inout XMLWriter) throws(WorkbookWriterError) {
        do { try zip.write(xml.bytes) } catch { throw WorkbookWriterError(error, at: openPart) }
        xml.removeAll()
    }

    func end() throws(WorkbookWriterError) {
        do { try zip.endEntry() } catch { throw WorkbookWriterError(error, at: openPart) }
    }

    /// Writes a part that fits into memory.
    func write(
        _ part: String, contentType: String? = nil, _ content: (inout XMLWriter) -> Void
    ) throws(WorkbookWriterError) {
        try begin(part, contentType: contentType)
        var xml = XMLWriter()
        content(&xml)
        try flush(&xml)
        try end()
    }

    /// Writes the relationships of a part, if there are any, or those of the package.
    func write(
        _ relationships: RelationshipList, of part: String
    ) throws(WorkbookWriterError) {
        guard !relationships.isEmpty else { return }
        try write(RelationshipList.path(of: part)) { relationships.write(to: &$0) }
    }

    /// Writes the list of content types and closes the archive.
    func finish() throws(WorkbookWriterError) -> Sink {
        try write("[Content_Types].xml") { writeContentTypes(to: &$0) }
        do { return try zip.finish() } catch { throw WorkbookWriterError(error, at: "archive") }
    }

    private func writeContentTypes(to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("Types") { xml in
            xml.attribute("xmlns", Namespace.contentTypes)
            for (suffix, type) in [
                ("rels", ContentType.relationships), ("xml", ContentType.xml),
                ("vml", ContentType.vml),
            ] {
                xml.element("Default") { xml in
                    xml.attribute("Extension", suffix)
                    xml.attribute("ContentType", type)
                }
            }
            for (part, type) in contentTypes {
                xml.element("Override") { xml in
                    xml.attribute("PartName", "/" + part)
                    xml.attribute("ContentType", type)
                }
            }
        }
    }
}
