import HTTPTypes

/// Holds whoever sends a body to the time that it may take: some for any, more for what is large.
struct BodyClock {
    private let start = ContinuousClock.now

    /// - Parameter size: bytes that came so far.
    /// - Throws: `PageError` once that took too long.
    func check(_ size: Int) throws {
        let allowed = SiteLimits.bodySeconds + size / SiteLimits.bodyBytesPerSecond
        if start.duration(to: .now) > .seconds(allowed) { throw PageError(.requestTimeout) }
    }
}
