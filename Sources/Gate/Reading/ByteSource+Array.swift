import Zip

extension ByteSource {
    /// Reads bytes into an array from a position on; 0 at the source's end.
    func read(
        at offset: UInt64, into buffer: inout [UInt8], from start: Int = 0
    ) throws(ZipError) -> Int {
        let result = buffer.withUnsafeMutableBytes { bytes -> Result<Int, ZipError> in
            let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
            do throws(ZipError) {
                return .success(try read(at: offset, into: rest))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Everything, of a source whose size somebody has compared with a limit.
    func allBytes() throws(ZipError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(clamping: size))
        var filled = 0
        while filled < bytes.count {
            let count = try read(at: UInt64(filled), into: &bytes, from: filled)
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}

extension ByteSink {
    mutating func write(_ bytes: ArraySlice<UInt8>) throws(ZipError) {
        let result = bytes.withUnsafeBytes { bytes -> Result<Void, ZipError> in
            do throws(ZipError) {
                return .success(try write(bytes))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
