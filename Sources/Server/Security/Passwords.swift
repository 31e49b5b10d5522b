import Crypto
import CryptoExtras
import Foundation

/// Passwords as they are kept: by scrypt (RFC 7914), with all it takes to check one.
enum Passwords {
    private static let size = 32
    /// So many are worked out at a time: 64 MiB.
    private static let turns = Turns(2)

    /// What is kept of a password from today on.
    ///
    /// - Parameter cost: another one than today's, for tests of what was kept before.
    static func kept(
        _ password: String, cost: KeptPassword.Cost = .today
    ) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let key = try await derive(password, salt, cost, size)
        return KeptPassword(cost: cost, salt: salt, key: key).text
    }

    /// Whether a password is the one that was kept, at the cost at which it was. Nothing kept takes
    /// as long.
    static func matches(_ password: String, _ kept: String) async throws -> Bool {
        guard let kept = KeptPassword(kept) else {
            _ = try await derive(password, [UInt8](repeating: 0, count: 16), .today, size)
            return false
        }
        let key = try await derive(password, kept.salt, kept.cost, kept.key.count)
        var difference = key.count ^ kept.key.count
        for (left, right) in zip(key, kept.key) { difference |= Int(left ^ right) }
        return difference == 0
    }

    /// Whether a password that matched is to be kept anew: at another cost, or length of key.
    static func isOutdated(_ kept: String) -> Bool {
        guard let kept = KeptPassword(kept) else { return false }
        return kept.cost != .today || kept.key.count != size
    }

    private static func derive(
        _ password: String, _ salt: [UInt8], _ cost: KeptPassword.Cost, _ size: Int
    ) async throws -> [UInt8] {
        await turns.take()
        let key = await withCheckedContinuation { continuation in
            // On a thread of its own: pages are made on as many as there are cores, of which this
            // would keep one for a tenth of a second.
            Thread.detachNewThread {
                continuation.resume(
                    returning: Result {
                        try KDF.Scrypt.deriveKey(
                            from: Data(password.utf8), salt: salt, outputByteCount: size,
                            rounds: 1 << cost.logRounds, blockSize: cost.blockSize,
                            parallelism: cost.parallelism
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
