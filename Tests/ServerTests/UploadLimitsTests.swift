import Ledger
import Testing

@testable import Server

/// What a reseller may hand in: the least of what the server takes and of what was said.
@Suite struct UploadLimitsTests {
    private let configuration: SiteConfiguration = {
        var configuration = SiteConfiguration(
            folder: "", executable: "", definitions: [], now: { 0 }, timestamp: { "" })
        configuration.keptDayCount = 60
        return configuration
    }()

    private func limits(_ all: [UploadLimit: Int], _ own: [UploadLimit: Int]) -> UploadLimits {
        UploadLimits(ceiling: configuration, said: [all, own])
    }

    @Test func `with nothing said what the server was started with holds`() {
        let limits = limits([:], [:])
        #expect(UploadLimit.allCases.map { limits[$0] } == [128, 1_048_576, 1_000, 60, 60])
        #expect(limits.sizeMax == SiteLimits.uploadSizeMax)
    }

    static let days: [(all: Int?, own: Int?, holding: Int)] = [
        (20, nil, 20), (nil, 20, 20), (20, 30, 20), (30, 20, 20), (500, nil, 60), (nil, 500, 60),
        (500, 500, 60), (60, 61, 60),
    ]

    @Test(arguments: days)
    func `the lowest holds, whoever said it`(_ said: (all: Int?, own: Int?, holding: Int)) {
        func limit(_ days: Int?) -> [UploadLimit: Int] { days.map { [.days: $0] } ?? [:] }
        let limits = limits(limit(said.all), limit(said.own))
        #expect(limits[.days] == said.holding)
        #expect(limits[.size] == 128)
    }

    private func form(_ typed: String) -> LimitsForm {
        LimitsForm(
            Form(typed), atMost: configuration.ceiling, isOfAll: true, PageTexts.of("en"))
    }

    @Test func `what is blank says nothing`() {
        let form = form("size=&rows=%20&waiting=7")
        #expect(form.problems == [:])
        #expect(form.limits == [.waiting: 7])
    }

    @Test(arguments: ["1", "60", "0060"])
    func `what only lowers is taken`(_ text: String) {
        #expect(form("days=\(text)").problems == [:])
        #expect(form("days=\(text)").limits == [.days: Int(text) ?? 0])
    }

    @Test(arguments: [
        "0", "-1", "61", "1.5", "1,000", "many", "9223372036854775808", "1e3", "\u{661}",
    ])
    func `what is more, or no number, is told at its field`(_ text: String) {
        let form = form("days=\(text)&size=5")
        #expect(form.problems.keys.map(\.rawValue) == ["days"])
        #expect(form.summary.map { $0["href"] as? String } == ["#days"])
        let field = form.fields.first { $0["id"] as? String == "days" }
        #expect(field?["value"] as? String == text)
        #expect((field?["error"] as? String)?.contains("60") == true)
    }
}
