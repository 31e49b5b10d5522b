/// What is kept of a password, taken apart: `scrypt$15$8$3$salt$key`.
struct KeptPassword {
    /// What working out a key takes: N = 2^`logRounds`, r and p (RFC 7914, 2).
    struct Cost: Equatable {
        let logRounds, blockSize, parallelism: Int

        /// N = 2^15, r = 8, p = 3: 32 MiB and a tenth of a second for each.
        static let today = Cost(logRounds: 15, blockSize: 8, parallelism: 3)

        /// 128 MiB, and some seconds: what is kept was written by one of us, and is no reason to
        /// take the machine.
        var isBearable: Bool {
            (1...17).contains(logRounds) && (1...8).contains(blockSize)
                && (1...16).contains(parallelism)
        }
    }

    let cost: Cost
    let salt, key: [UInt8]

    init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        (self.cost, self.salt, self.key) = (cost, salt, key)
    }

    /// - Returns: nil for what no password was kept as.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]),
            let blockSize = Int(parts[2]), let parallelism = Int(parts[3])
        else { return nil }
        cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        (salt, key) = (Secret.bytes(parts[4]), Secret.bytes(parts[5]))
        guard cost.isBearable, !key.isEmpty else { return nil }
    }

    var text: String {
        [
            "scrypt", "\(cost.logRounds)", "\(cost.blockSize)", "\(cost.parallelism)",
            Secret.hex(salt), Secret.hex(key),
        ].joined(separator: "$")
    }
}
