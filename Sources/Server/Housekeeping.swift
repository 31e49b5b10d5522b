import ServiceLifecycle

/// Sees to it, once an hour, that leftovers go, and what was handed in long ago.
struct Housekeeping: Service {
    let desk: UploadDesk
    let retention: Retention

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await desk.removeLeftovers()
                await retention.expire()
                do {
                    try await Task.sleep(for: .seconds(60 * 60))
                } catch {
                    return
                }
            }
        }
    }
}
