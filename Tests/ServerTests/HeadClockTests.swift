import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Testing

@testable import Server

@Suite struct HeadClockTests {
    /// What happens on a connection: `b` bytes came, `h` a head, `p` a piece of a body, `e` the end
    /// of a request; `a` an answer ends.
    private func isHeadDue(after events: String) -> Bool {
        var state = HeadClock.State()
        for event in events {
            switch event {
            case "h":
                state.read(
                    .head(.init(method: .get, scheme: "http", authority: "a", path: "/")))
            case "p": state.read(.body(.init()))
            case "e": state.read(.end(nil))
            case "a": state.write(.end(nil))
            default: state.readBytes()
            }
        }
        return state.isHeadDue
    }

    @Test(arguments: [
        ("nothing came", "", false),
        ("a byte", "b", true),
        ("more of them", "bbb", true),
        ("a head at once", "heb", false),
        ("a head in pieces", "bbheb", false),
        ("an answer, and nothing after it", "heba", false),
        ("an answer, and a byte of the next head", "hebab", true),
        ("a byte of the next head before the answer", "hebb", false),
        ("a byte of the next head, and then the answer", "hebba", true),
        ("the next head while the first is answered", "hebbheba", false),
        ("bytes of a body that make no piece of it", "hbbb", false),
        ("a body in pieces", "hbpbpb", false),
        ("an answer before the body is through", "hbabb", false),
        ("a byte after a body that came after its answer", "hbapbebb", true),
    ])
    func `a head is due from its first byte`(name: String, events: String, isDue: Bool) {
        #expect(isHeadDue(after: events) == isDue, "\(name)")
    }
}
