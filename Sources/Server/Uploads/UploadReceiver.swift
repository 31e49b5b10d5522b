import Crypto
import Foundation
import Glibc
import Hummingbird
import Ledger

/// Takes the bytes of a file as they come, counts them, and leaves them safe on the disk.
struct UploadReceiver {
    /// A file that came, and what it is called for people.
    struct Received {
        let folder: String
        let path: String
        let name: String
        /// What people called the other file; nil where none was chosen.
        var otherName: String?
        /// What else stood in the form.
        var fields: [String: String] = [:]
        /// SHA-256 of its bytes, where it was asked for.
        var digest: [UInt8] = []

        /// Gives the file the name that it had, which tells what kind of list it is.
        ///
        /// - Returns: its path from now on, in a folder of its own.
        func namedAsItWas() throws -> String { try move(path, to: "named", as: name) }

        /// The same of the other file; nil where there is none.
        func otherNamedAsItWas() throws -> String? {
            try otherName.map {
                try move(UploadFolder(path: folder).otherFile, to: "other-named", as: $0)
            }
        }

        private func move(_ path: String, to own: String, as name: String) throws -> String {
            guard mkdir("\(folder)/\(own)", 0o700) == 0,
                rename(path, "\(folder)/\(own)/\(name)") == 0
            else { throw PageError(.noSpace) }
            return "\(folder)/\(own)/\(name)"
        }
    }

    /// What comes: a form with a file among its parts, or a file alone.
    private enum Source {
        case form(MultipartReader)
        case file

        var isWhole: Bool {
            if case .form(let form) = self { return form.isWhole }
            return true
        }

        /// Bytes that may stand around files.
        var partHeadSizeMax: Int {
            if case .form = self { return SiteLimits.partHeadSizeMax }
            return 0
        }

        mutating func read(_ bytes: some Collection<UInt8>) throws -> [MultipartReader.Event] {
            guard case .form(var form) = self else { return [.bytes(Array(bytes))] }
            defer { self = .form(form) }
            return try form.read(bytes)
        }
    }

    /// Bytes of a name; what is longer is cut in its middle, as its ending says what it is.
    private static let nameSizeMax = 200

    let request: Request
    let site: Site
    /// Who sends it.
    let account: Account
    /// Where the file goes; made here.
    let folder: String
    let field: String
    /// Whether it is to be looked at by the desk, which takes so many alone.
    var isForDesk = false
    /// The field of another file, which need not come.
    var otherField: String?
    /// Whether the digest of the file is wanted.
    var isDigested = false

    /// - Returns: nil for a form in which no file was chosen.
    /// - Throws: `PageError`; then nothing is left of it.
    func receive() async throws -> Received? {
        guard let form = MultipartReader(contentType: request.headers[.contentType] ?? "") else {
            throw PageError(.badRequest, "form")
        }
        return try await receive(.form(form), named: nil)
    }

    /// Takes a file that is the whole body of a request.
    ///
    /// - Throws: `PageError`; then nothing is left of it.
    func receiveFile(named name: String) async throws -> Received {
        guard let file = try await receive(.file, named: Self.plain(name)) else {
            throw PageError(.badRequest, "no_file")
        }
        return file
    }

    private func receive(_ source: Source, named name: String?) async throws -> Received? {
        let limits = try await site.limits(of: account.reseller)
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > limits.sizeMax + source.partHeadSizeMax {
            throw PageError(tooLargeFor: limits)
        }
        if request.headers[.contentEncoding] != nil {
            throw PageError(.unsupportedMediaType, "type")
        }
        guard isForDesk else {
            return try await site.places.hold(for: account.reseller) { held in
                try await receive(source, named: name, limits, held)
            }
        }
        try await site.makeSureOfRoom(for: account, limits)
        return try await site.pace.count(for: account.reseller, limits, at: site.configuration.now)
        {
            try await site.places.hold(for: account.reseller) { held in
                // Others may have come in while it waited.
                try await site.makeSureOfRoom(for: account, limits)
                return try await receive(source, named: name, limits, held)
            }
        }
    }

    private func receive(
        _ source: Source, named name: String?, _ limits: UploadLimits, _ held: ReceivingPlace
    ) async throws -> Received? {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        try place.make(needing: length ?? 0)
        do {
            let received = try await read(source, named: name, limits, held)
            // What came short of what was said broke off.
            if case .file = source, let length, received?.size != length {
                throw PageError(.badRequest, "form")
            }
            if received == nil { place.remove() }
            return received?.file
        } catch {
            place.remove()
            throw error is MultipartReader.Failure ? PageError(.badRequest, "form") : error
        }
    }

    private var place: UploadFolder { UploadFolder(path: folder) }

    private func read(
        _ source: Source, named name: String?, _ limits: UploadLimits, _ held: ReceivingPlace
    ) async throws -> (file: Received, size: Int)? {
        let file = try place.open()
        defer { close(file) }
        var (source, count, fileSize, hash) = (source, 0, 0, SHA256())
        var parts = Parts(field: field, otherField: otherField, fileName: name)
        var other: Int32?
        defer { if let other { close(other) } }
        let clock = BodyClock()
        for try await piece in request.body {
            count += piece.readableBytes
            held.note(piece.readableBytes)
            if count > limits.sizeMax + source.partHeadSizeMax {
                throw PageError(tooLargeFor: limits)
            }
            try clock.check(count)
            for event in try source.read(piece.readableBytesView) {
                guard let bytes = try parts.take(event) else { continue }
                fileSize += bytes.count
                if fileSize > limits.sizeMax { throw PageError(tooLargeFor: limits) }
                if parts.isOther {
                    let descriptor = try other ?? place.open(isOther: true)
                    other = descriptor
                    try UploadFolder.write(bytes, to: descriptor)
                    continue
                }
                if isDigested { hash.update(data: bytes) }
                try UploadFolder.write(bytes, to: file)
            }
        }
        guard source.isWhole else { throw PageError(.badRequest, "form") }
        if parts.otherName != nil && other == nil { other = try place.open(isOther: true) }
        held.noteEnd()
        try await Blocking.run { [place] in try place.flush(file) }
        return parts.fileName.map { name in
            let received = Received(
                folder: folder, path: place.file, name: Self.plain(name),
                otherName: parts.otherName.map(Self.plain), fields: parts.fields,
                digest: isDigested ? Array(hash.finalize()) : [])
            return (received, count)
        }
    }

    /// What stands in the parts of a form, beside the bytes of its file.
    private struct Parts {
        let field: String
        let otherField: String?
        /// Nil until the file comes.
        var fileName: String?
        private(set) var otherName: String?
        /// Whether bytes are of the other file.
        private(set) var isOther = false
        private(set) var fields: [String: String] = [:]
        private var isFile: Bool
        private var name: String?
        private var text: [UInt8] = []
        private var textSize = 0

        /// - Parameter fileName: of a file that comes alone.
        init(field: String, otherField: String?, fileName: String?) {
            self.field = field
            self.otherField = otherField
            self.fileName = fileName
            isFile = fileName != nil
        }

        /// - Returns: bytes of a file; nil for anything else.
        mutating func take(_ event: MultipartReader.Event) throws -> [UInt8]? {
            switch event {
            case .part(let part, let partFile):
                isFile = part == field && fileName == nil && partFile?.isEmpty == false
                if isFile { fileName = partFile }
                isOther = part == otherField && otherName == nil && partFile?.isEmpty == false
                if isOther { otherName = partFile }
                name = partFile == nil ? part : nil
            case .bytes(let bytes):
                if isFile || isOther { return bytes }
                if name == nil { break }
                textSize += bytes.count
                guard textSize <= SiteLimits.partHeadSizeMax else {
                    throw PageError(.contentTooLarge)
                }
                text += bytes
            case .end:
                if let name { fields[name] = String(decoding: text, as: UTF8.self) }
                (isFile, isOther, name, text) = (false, false, nil, [])
            }
            return nil
        }
    }

    /// What people called the file: without folders, and without signs that do something.
    private static func plain(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let visible = last.unicodeScalars.filter {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
        var text = String(String.UnicodeScalarView(visible))
        let ending = text.split(separator: ".").last.map { ".\($0.prefix(8))" } ?? ""
        if text.utf8.count > nameSizeMax {
            while text.utf8.count + ending.utf8.count > nameSizeMax { text.removeLast() }
            text += ending
        }
        return text.allSatisfy({ $0 == "." }) ? "workbook.xlsx" : text
    }
}
