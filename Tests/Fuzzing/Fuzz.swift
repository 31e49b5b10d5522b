import Glibc

/// Tries one property with bytes that libFuzzer makes up, until time is over or it does not hold:
/// `fuzz PROPERTY [options of libFuzzer] FOLDER…`; `fuzz` alone names the properties.
@main
enum Fuzz {
    /// Something that holds for all bytes. Where it does not, the process ends, and libFuzzer keeps
    /// the bytes.
    typealias Property = @Sendable (UnsafeBufferPointer<UInt8>) -> Void

    static let properties: [(name: String, holds: Property)] = [
        ("zip-directory", ZipDirectoryProperty.holds),
        ("zip-inflate", ZipInflateProperty.holds),
        ("xml-feed", XMLFeedProperty.holds),
        ("workbook-parts", WorkbookPartsProperty.holds),
        ("cell-text", CellTextProperty.holds),
        ("email", EmailProperty.holds),
        ("name", NameProperty.holds),
        ("write-then-read", WriteThenReadProperty.holds),
    ]

    /// The one that was asked for.
    static let property = properties.first { $0.name == CommandLine.arguments.dropFirst().first }

    static func main() {
        guard property != nil else {
            for property in properties { print(property.name) }
            return
        }
        // libFuzzer sees its own options only; the program's name stays in front.
        var count = CommandLine.argc - 1
        var arguments = CommandLine.unsafeArgv + 1
        arguments[0] = CommandLine.unsafeArgv[0]
        exit(runFuzzer(&count, &arguments) { fuzzOneInput($0, $1) })
    }
}

/// libFuzzer's loop, for programs with a `main` of their own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The name is libFuzzer's: its own `main`, which is linked and not used, asks for it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzz.property?.holds(UnsafeBufferPointer(start: bytes, count: count))
    return 0
}
