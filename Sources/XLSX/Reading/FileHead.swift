import Catalogue
import Zip

/// Judges a file by its first bytes: an archive, or which other kind of file people upload.
enum FileHead {
    /// Bytes that are looked at.
    static let sizeMax = 64 * 1024
    /// Office's lock files have this size: a user name in two encodings, filled up.
    private static let lockFileSize = 165
    /// Bytes of text that tell its kind.
    private static let textSizeMax = 4 * 1024

    /// The code that refuses a file; nil for an archive.
    ///
    /// - Parameters:
    ///   - head: its first bytes, `sizeMax` at most.
    ///   - size: all its bytes.
    ///   - name: its name, for `~$…`; may be empty.
    static func refusal(of head: [UInt8], size: UInt64, name: String) -> Code? {
        if isArchive(head) { return nil }
        if isLockFile(head, size: size, name: name) { return .typeLockFile }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return contains("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), 0] }, in: head)
                ? .typeEncrypted : .typeXls
        }
        if isBareXls(head) { return .typeXls }
        return refusal(ofText: head)
    }

    /// A local header, an empty archive's end, or a part of a divided archive.
    private static func isArchive(_ head: [UInt8]) -> Bool {
        [[3, 4], [5, 6], [7, 8]].contains { head.starts(with: [0x50, 0x4B] + $0) }
    }

    private static func isLockFile(_ head: [UInt8], size: UInt64, name: String) -> Bool {
        let fileName = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        if fileName.hasPrefix("~$") { return true }
        guard size == lockFileSize, let length = head.first else { return false }
        return (1...54).contains(length) && !head.contains(UInt8(ascii: "<"))
            && !head.contains(0x0A)
    }

    /// Excel 2 to 4 wrote their records without a container.
    private static func isBareXls(_ head: [UInt8]) -> Bool {
        head.count > 2 && head[0] == 0x09 && [0x00, 0x02, 0x04, 0x08].contains(head[1])
            && head[2] <= 8
    }

    private static func refusal(ofText head: [UInt8]) -> Code {
        let text = lowercasedText(of: head)
        if text.starts(with: Array("id;p".utf8)) { return .typeUnsupported }
        // "Web page, one file": a message with the page in it (RFC 2557).
        if text.starts(with: Array("mime-version:".utf8)) { return .typeHtml }
        if text.first == UInt8(ascii: "<") {
            if contains("urn:schemas-microsoft-com:office:spreadsheet", in: text) {
                return .typeXml2003
            }
            if contains("urn:oasis:names:tc:opendocument", in: text) { return .typeOds }
            let isHtml = ["<!doctype html", "<html", "<table", "<body"].contains {
                contains($0, in: text)
            }
            return isHtml ? .typeHtml : .typeNotSpreadsheet
        }
        return isSeparatedText(text) ? .typeCsv : .typeNotSpreadsheet
    }

    /// The beginning in lower case, without mark and white space; UTF-16 loses its zeros.
    private static func lowercasedText(of head: [UInt8]) -> [UInt8] {
        var bytes = head.prefix(textSizeMax)
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if isWide { bytes = bytes.dropFirst(2) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        return bytes.filter { !isWide || $0 != 0 }.drop(while: CellText.isSpace)
            .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    /// Lines of text, or fields: no control characters but TAB and line ends.
    private static func isSeparatedText(_ text: [UInt8]) -> Bool {
        let isText = text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || CellText.isSpace($0) }
        let separators = Set(",;|\t\n\r".utf8)
        return isText && text.contains(where: separators.contains)
            && !text.starts(with: Array("%pdf".utf8)) && !text.starts(with: Array("{\\rtf".utf8))
    }

    private static func contains(_ text: String, in bytes: [UInt8]) -> Bool {
        contains(Array(text.utf8), in: bytes)
    }

    private static func contains(_ pattern: [UInt8], in bytes: [UInt8]) -> Bool {
        guard let first = pattern.first else { return true }
        var rest = bytes[...]
        while let index = rest.firstIndex(of: first) {
            rest = rest[index...]
            if rest.starts(with: pattern) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
