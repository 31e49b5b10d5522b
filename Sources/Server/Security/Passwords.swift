import Crypto
import CryptoExtras
import Foundation

/// Passwords as they are kept: by scrypt (RFC 7914), with all it takes to check one.
enum Passwords {
    /// N = 2^15, r = 8, p = 3: 32 MiB and a tenth of a second for each.
    private static let (logRounds, blockSize, parallelism) = (15, 8, 3)
    private static let size = 32
    /// Where they are worked out, one a core and four at most (128 MiB): those that wait for their
    /// turn hold no thread that pages are made on.
    private static let queue = {
        let queue = OperationQueue()
        queue.name = "rowgate.passwords"
        queue.maxConcurrentOperationCount = min(4, ProcessInfo.processInfo.activeProcessorCount)
        return queue
    }()

    /// What is kept of a password: `scrypt$15$8$3$salt$key`.
    static func kept(_ password: String) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let key = try await derive(password, salt)
        return [
            "scrypt", "\(logRounds)", "\(blockSize)", "\(parallelism)", Secret.hex(salt),
            Secret.hex(key),
        ].joined(separator: "$")
    }

    /// Whether a password is the one that was kept. Nothing kept takes as long.
    static func matches(_ password: String, _ kept: String) async throws -> Bool {
        let parts = kept.split(separator: "$")
        guard parts.count == 6 else {
            _ = try await derive(password, [UInt8](repeating: 0, count: 16))
            return false
        }
        let key = try await derive(password, Secret.bytes(parts[4]))
        let expected = Secret.bytes(parts[5])
        var difference = key.count ^ expected.count
        for (left, right) in zip(key, expected) { difference |= Int(left ^ right) }
        return difference == 0
    }

    private static func derive(_ password: String, _ salt: [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation {
                continuation.resume(
                    with: Result {
                        try KDF.Scrypt.deriveKey(
                            from: Data(password.utf8), salt: salt, outputByteCount: size,
                            rounds: 1 << logRounds, blockSize: blockSize, parallelism: parallelism
                        ).withUnsafeBytes { Array($0) }
                    })
            }
        }
    }
}
