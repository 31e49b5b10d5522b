/// What exports call a record by, whatever its name: sixteen letters and digits, drawn by lot.
enum RecordID {
    /// Crockford's base 32: no letter is taken for a digit.
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let (high, low) = (generator.next(), generator.next())
        let bytes = (0..<16).map { position -> UInt8 in
            let word = position < 8 ? high : low
            return letters[Int(word >> UInt64(position % 8 * 5) & 31)]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
