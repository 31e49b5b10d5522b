import Testing

@testable import Server

@Suite struct UploadPaceTests {
    private let hour = SiteLimits.hourSeconds

    @Test func `as many come within an hour as may, and then one as one is an hour old`() async {
        let pace = UploadPace()
        for time in [100, 200, 300] {
            #expect(await pace.take(for: "Acme", atMost: 3, at: time) == 0)
        }
        #expect(await pace.take(for: "Acme", atMost: 3, at: 400) == hour - 300)
        #expect(await pace.take(for: "Beta", atMost: 3, at: 400) == 0)
        #expect(await pace.take(for: "Acme", atMost: 3, at: 99 + hour) == 1)
        #expect(await pace.take(for: "Acme", atMost: 3, at: 100 + hour) == 0)
        #expect(await pace.take(for: "Acme", atMost: 3, at: 100 + hour) == 100)
    }

    @Test func `a limit that is lowered holds for what came`() async {
        let pace = UploadPace()
        for time in [100, 200, 300] { _ = await pace.take(for: "Acme", atMost: 9, at: time) }
        #expect(await pace.take(for: "Acme", atMost: 2, at: 300) == hour - 100)
        #expect(await pace.take(for: "Acme", atMost: 4, at: 300) == 0)
    }

    @Test func `what came to nothing does not count`() async {
        let pace = UploadPace()
        #expect(await pace.take(for: "Acme", atMost: 1, at: 100) == 0)
        await pace.giveBack(for: "Acme")
        #expect(await pace.take(for: "Acme", atMost: 1, at: 100) == 0)
        #expect(await pace.take(for: "Acme", atMost: 1, at: 100) == hour)
        // Once more than came.
        for _ in 0..<3 { await pace.giveBack(for: "Acme") }
        #expect(await pace.take(for: "Acme", atMost: 1, at: 100) == 0)
    }
}
