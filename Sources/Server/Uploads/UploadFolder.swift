import Foundation
import Glibc
import HTTPTypes

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
        guard descriptor >= 0 else { throw Self.failure() }
        return descriptor
    }

    /// What is told of the last call: where as many files are open as may be, that passes, and the
    /// disk has room.
    private static func failure() -> PageError {
        PageError(errno == EMFILE || errno == ENFILE ? .serviceUnavailable : .noSpace)
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
    ///
    /// - Throws: `PageError` where they may not be.
    func flush(_ file: Int32) throws {
        guard fsync(file) == 0 else { throw Self.failure() }
        for folder in [path, parent] { try Self.flushNames(of: folder) }
    }

    private static func flushNames(of folder: String) throws {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure() }
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
            try flush(file)
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
