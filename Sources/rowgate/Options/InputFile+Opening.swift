import Catalogue
import Gate
import Glibc
import Zip

extension InputFile {
    /// Opens the workbook that is judged.
    init(openingWorkbook path: String) throws {
        do throws(ZipError) {
            try self.init(opening: path)
        } catch {
            throw UsageError("“\(path)” can't be read: \(Self.reason(error)). Check the name and try again.")
        }
    }

    /// Opens a list or a settings file.
    init(openingList path: String) throws {
        do throws(ZipError) {
            try self.init(opening: path)
        } catch {
            throw UsageError("“\(path)” can't be read: \(Self.reason(error)). Check the name and try again.")
        }
    }

    private static func reason(_ error: ZipError) -> String {
        error.errno.map { String(cString: strerror($0)) } ?? error.found
    }
}
