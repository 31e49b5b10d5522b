import HTTPTypes
import Ledger

/// Counts the workbooks that each reseller hands in within an hour. What comes to nothing does not
/// count, nor what forms of one customer send. It begins anew with the server.
actor UploadPace {
    /// When they came, the oldest first, by reseller.
    private var times: [String: [Int]] = [:]

    /// Counts one that is about to come, and takes that back where nothing comes of it.
    ///
    /// - Throws: `PageError` where as many came within the hour, and what `body` throws.
    nonisolated func count<Result: Sendable>(
        for reseller: String, _ limits: UploadLimits, at now: () -> Int,
        _ body: () async throws -> Result?
    ) async throws -> Result? {
        let time = now()
        let wait = await take(for: reseller, atMost: limits[.hourly], at: time)
        guard wait == 0 else { throw PageError(fullHourOf: limits, wait: wait) }
        do {
            let result = try await body()
            if result == nil { await giveBack(for: reseller) }
            return result
        } catch {
            await giveBack(for: reseller)
            throw error
        }
    }

    /// - Returns: seconds until another one may come; 0 when now, and counted.
    func take(for reseller: String, atMost countMax: Int, at time: Int) -> Int {
        var recent = times[reseller] ?? []
        recent.removeFirst(recent.prefix { $0 <= time - SiteLimits.hourSeconds }.count)
        defer { times[reseller] = recent }
        guard recent.count >= countMax else {
            recent.append(time)
            return 0
        }
        // As many as may come must be an hour old.
        return max(1, recent[recent.count - countMax] + SiteLimits.hourSeconds - time)
    }

    /// Takes the newest one back.
    func giveBack(for reseller: String) {
        _ = times[reseller]?.popLast()
        if times[reseller]?.isEmpty == true { times[reseller] = nil }
    }
}
