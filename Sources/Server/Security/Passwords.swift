import Crypto
import CryptoExtras
import Foundation

/// Passwords as they are kept: by scrypt (RFC 7914), with all it takes to check one.
enum Passwords {
    /// N = 2^15, r = 8, p = 3: 32 MiB and a tenth of a second for each.
    private static let (logRounds, blockSize, parallelism) = (15, 8, 3)
    private static let size = 32
    /// How many are worked out at the same time: 128 MiB.
    private static let gate = DispatchSemaphore(value: 4)

    /// What is kept of a password: `scrypt$15$8$3$salt$key`.
    static func kept(_ password: String) throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let key = try derive(password, salt)
        return [
            "scrypt", "\(logRounds)", "\(blockSize)", "\(parallelism)", Secret.hex(salt),
            Secret.hex(key),
        ].joined(separator: "$")
    }

    /// Whether a password is the one that was kept. Nothing kept takes as long.
    static func matches(_ password: String, _ kept: String) throws -> Bool {
        let parts = kept.split(separator: "$")
        guard parts.count == 6 else {
            _ = try derive(password, [UInt8](repeating: 0, count: 16))
            return false
        }
        let (key, expected) = (try derive(password, Secret.bytes(parts[4])), Secret.bytes(parts[5]))
        var difference = key.count ^ expected.count
        for (left, right) in zip(key, expected) { difference |= Int(left ^ right) }
        return difference == 0
    }

    private static func derive(_ password: String, _ salt: [UInt8]) throws -> [UInt8] {
        gate.wait()
        defer { gate.signal() }
        return try KDF.Scrypt.deriveKey(
            from: Data(password.utf8), salt: salt, outputByteCount: size,
            rounds: 1 << logRounds, blockSize: blockSize, parallelism: parallelism
        ).withUnsafeBytes { Array($0) }
    }
}
