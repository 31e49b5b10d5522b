import Catalogue
import Zip

/// The package around a workbook: the archive, and the part in it that is the workbook.
///
/// Deciding what a file is happens here, in one fixed order, so that each kind of wrong file has
/// one code.
struct WorkbookPackage {
    let archive: ZipArchive
    let workbookEntry: ZipEntry
    /// The name of the workbook part.
    let workbookPart: String
    let isMacroEnabled: Bool
    /// What the workbook part belongs with.
    let relationships: Relationships

    /// - Throws: `file.empty`, `file.too_large`, `file.cannot_read`, `type.*`, `zip.*`, `xml.*`,
    ///   `workbook.no_workbook_part`.
    init(
        opening source: any ByteSource, name: String, limits: WorkbookLimits
    ) throws(WorkbookError) {
        try Self.judgeHead(of: source, name: name, limits: limits)
        do throws(ZipError) {
            archive = try ZipArchive(reading: source, limits: limits.zip)
        } catch { throw WorkbookError(error) }
        let packageRelationships = try Relationships(of: "", in: archive, limits: limits)
        guard let target = packageRelationships.first(.officeDocument) else {
            throw Self.error(Self.kindWithoutWorkbook(archive))
        }
        let part = PartName.resolve(target.target, from: "")
        let type = try ContentTypes(of: part, in: archive, limits: limits)
        if type.isBinaryWorkbook || part.lowercased().hasSuffix(".bin") {
            throw Self.error(.typeXlsb, part: part)
        }
        guard let entry = archive.entry(named: part) else {
            throw WorkbookError(
                .workbookNoWorkbookPart, part: part, found: "no such part",
                expected: "the workbook that the package names")
        }
        workbookEntry = entry
        workbookPart = part
        relationships = try Relationships(of: part, in: archive, limits: limits)
        isMacroEnabled = type.isMacroEnabled || relationships.first(.vbaProject) != nil
    }

    private static func judgeHead(
        of source: any ByteSource, name: String, limits: WorkbookLimits
    ) throws(WorkbookError) {
        guard source.size > 0 else {
            throw WorkbookError(.fileEmpty, found: "0 bytes", expected: "an .xlsx workbook")
        }
        guard source.size <= limits.fileSizeMax else {
            throw WorkbookError(
                .fileTooLarge, found: "\(source.size) bytes",
                expected: "at most \(limits.fileSizeMax)")
        }
        let head: [UInt8]
        do throws(ZipError) { head = try source.head(sizeMax: FileHead.sizeMax) } catch {
            throw WorkbookError(error)
        }
        if let code = FileHead.refusal(of: head, size: source.size, name: name) {
            throw error(code)
        }
    }

    /// What an archive without an office document is.
    private static func kindWithoutWorkbook(_ archive: ZipArchive) -> Code {
        if archive.entry(named: "Index/Document.iwa") != nil
            || archive.entry(named: "Index.zip") != nil
        {
            return .typeNumbers
        }
        let mimeType = "application/vnd.oasis.opendocument.spreadsheet"
        guard let entry = archive.entry(named: "mimetype"), entry.size < 256 else {
            return .typeNotSpreadsheet
        }
        do throws(ZipError) {
            let contents = try archive.contents(of: entry, sizeMax: 256)
            return contents.starts(with: Array(mimeType.utf8)) ? .typeOds : .typeNotSpreadsheet
        } catch { return .typeNotSpreadsheet }
    }

    static func error(_ code: Code, part: String? = nil) -> WorkbookError {
        WorkbookError(
            code, part: part, found: "another kind of file", expected: "an .xlsx workbook")
    }
}

extension ByteSource {
    /// The first bytes, at most `sizeMax`.
    fileprivate func head(sizeMax: Int) throws(ZipError) -> [UInt8] {
        var head: [UInt8] = []
        var block = [UInt8](repeating: 0, count: sizeMax)
        while head.count < sizeMax {
            let count = try block.withUnsafeMutableBufferPointer { (block) throws(ZipError) in
                let room = UnsafeMutableRawBufferPointer(block)[..<(sizeMax - head.count)]
                return try read(
                    at: UInt64(head.count), into: UnsafeMutableRawBufferPointer(rebasing: room))
            }
            guard count > 0 else { break }
            head.append(contentsOf: block[..<count])
        }
        return head
    }
}
