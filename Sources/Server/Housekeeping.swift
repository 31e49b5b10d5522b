import ServiceLifecycle

/// Sees to it, once a day, that what was handed in long ago goes.
struct Housekeeping: Service {
    let desk: UploadDesk

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await desk.expire()
                do {
                    try await Task.sleep(for: .seconds(24 * 60 * 60))
                } catch {
                    return
                }
            }
        }
    }
}
