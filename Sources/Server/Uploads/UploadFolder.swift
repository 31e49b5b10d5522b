import Foundation
import Glibc

/// Where the file of an upload is kept.
struct UploadFolder: Sendable {
    let path: String

    var file: String { "\(path)/workbook.xlsx" }
    /// What comes beside it.
    var otherFile: String { "\(path)/other" }

    private var parent: String { String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) }

    /// Makes it.
    ///
    /// - Throws: `PageError` where there is no room for that many bytes.
    func make(needing size: Int) throws {
        var space = statvfs()
        try FileManager.default.createDirectory(
            atPath: parent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        guard statvfs(parent, &space) == 0,
            Int(space.f_bavail) * Int(space.f_frsize) - size > SiteLimits.freeSizeMin,
            mkdir(path, 0o700) == 0
        else { throw PageError(.noSpace) }
    }

    /// Opens the file, or the other one, which must not be there yet.
    func open(isOther: Bool = false) throws -> Int32 {
        let descriptor = Glibc.open(
            isOther ? otherFile : file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PageError(.noSpace) }
        return descriptor
    }

    static func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw PageError(.noSpace) }
            rest = rest.dropFirst(count)
        }
    }

    /// Sees to it that the file and its name are on the disk.
    func flush(_ file: Int32) -> Bool {
        fsync(file) == 0 && Self.flushNames(of: path) && Self.flushNames(of: parent)
    }

    private static func flushNames(of folder: String) -> Bool {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// Makes it with a whole file.
    ///
    /// - Throws: `PageError`; then nothing is left of it.
    func keep(_ bytes: [UInt8]) throws {
        try make(needing: bytes.count)
        do {
            let file = try open()
            defer { close(file) }
            try Self.write(bytes, to: file)
            guard flush(file) else { throw PageError(.noSpace) }
        } catch {
            remove()
            throw error
        }
    }

    func remove() {
        unlink(file)
        unlink(otherFile)
        rmdir(path)
    }
}
