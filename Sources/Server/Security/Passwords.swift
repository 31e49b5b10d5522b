import Crypto
import CryptoExtras
import Foundation

/// Passwords as they are kept: by scrypt (RFC 7914), with all it takes to check one.
enum Passwords {
    /// N = 2^15, r = 8, p = 3: 32 MiB and a tenth of a second for each.
    private static let (logRounds, blockSize, parallelism) = (15, 8, 3)
    private static let size = 32
    /// So many are worked out at a time: 64 MiB.
    private static let turns = Turns(2)

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
        await turns.take()
        let key = await withCheckedContinuation { continuation in
            // On a thread of its own: pages are made on as many as there are cores, of which this
            // would keep one for a tenth of a second.
            Thread.detachNewThread {
                continuation.resume(
                    returning: Result {
                        try KDF.Scrypt.deriveKey(
                            from: Data(password.utf8), salt: salt, outputByteCount: size,
                            rounds: 1 << logRounds, blockSize: blockSize, parallelism: parallelism
                        ).withUnsafeBytes { Array($0) }
                    })
            }
        }
        await turns.giveBack()
        return try key.get()
    }

    /// Lets so many at a time go on, the others in the order in which they came.
    private actor Turns {
        private var freeCount: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(_ count: Int) { freeCount = count }

        func take() async {
            if freeCount > 0 {
                freeCount -= 1
                return
            }
            await withCheckedContinuation { waiting.append($0) }
        }

        func giveBack() {
            if waiting.isEmpty {
                freeCount += 1
            } else {
                waiting.removeFirst().resume()
            }
        }
    }
}
