import Synchronization
import Testing

@testable import Server

@Suite struct ReceivingPlacesTests {
    /// Whoever got a place, in the order in which they did.
    private final class Names: Sendable {
        private let names = Mutex<[String]>([])

        var all: [String] { names.withLock { $0 } }

        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    /// Longer than a machine that is busy with other things keeps a test waiting.
    private static let ever = Duration.seconds(86_400)

    /// Waits until a number of them waits: nothing else tells.
    private func until(_ count: Int, waitIn places: ReceivingPlaces) async throws {
        while places.waitingCount != count { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func `a place that becomes free goes to one reseller after another`() async throws {
        let places = ReceivingPlaces(countMax: 1, ofResellerMax: 1, wait: Self.ever)
        let names = Names()
        try await withThrowingTaskGroup { group in
            try await places.hold(for: "quokka") { _ in
                for (count, name) in ["acme", "acme", "acme", "boron"].enumerated() {
                    group.addTask { try await places.hold(for: name) { _ in names.add(name) } }
                    try await until(count + 1, waitIn: places)
                }
            }
            try await group.waitForAll()
        }
        #expect(names.all == ["acme", "boron", "acme", "acme"])
    }

    @Test func `one reseller has a part of the places`() async throws {
        let places = ReceivingPlaces(countMax: 2, ofResellerMax: 1, wait: Self.ever)
        try await withThrowingTaskGroup { group in
            try await places.hold(for: "acme") { _ in
                group.addTask { try await places.hold(for: "acme") { _ in } }
                try await until(1, waitIn: places)
                // The other place is there for others, whoever waits.
                try await places.hold(for: "boron") { _ in }
                #expect(places.waitingCount == 1)
            }
            try await group.waitForAll()
        }
    }

    @Test func `who waits for too long is told, before anything is read`() async throws {
        let places = ReceivingPlaces(countMax: 1, ofResellerMax: 1, wait: .milliseconds(1))
        try await places.hold(for: "acme") { _ in
            for reseller in ["acme", "boron"] {
                let error = await #expect(throws: PageError.self) {
                    try await places.hold(for: reseller) { _ in }
                }
                #expect(error?.key == "busy")
                #expect(error?.isBeforeBody == true)
            }
        }
        #expect(places.waitingCount == 0)
        try await places.hold(for: "boron") { _ in }
    }

    @Test func `who is called off waits no longer`() async throws {
        let places = ReceivingPlaces(countMax: 1, ofResellerMax: 1, wait: Self.ever)
        try await places.hold(for: "acme") { _ in
            let other = Task { try await places.hold(for: "acme") { _ in } }
            try await until(1, waitIn: places)
            other.cancel()
            await #expect(throws: PageError.self) { try await other.value }
        }
    }

    @Test func `a body that does not come loses its place to others, and goes on`() async throws {
        let places = ReceivingPlaces(countMax: 1, ofResellerMax: 1, wait: Self.ever)
        try await places.hold(for: "acme") { place in
            place.note(100)
            try await places.hold(for: "boron") { _ in }
            place.note(100)
        }
        // It was given back once.
        try await places.hold(for: "acme") { _ in #expect(places.waitingCount == 0) }
    }
}
