import Hummingbird
import JSON

/// What a program is told: an object of JSON.
protocol APIAnswer: Sendable {
    /// What the document calls it.
    static var name: String { get }
    /// In the order in which they are written.
    static var members: [APISchema.Member] { get }

    func write(to json: inout JSONWriter)
}

/// Some things of many.
struct APIPage<Item: APIAnswer>: Sendable {
    static var schema: APISchema {
        .object([.init("items", .list(.named(Item.name))), .init("next", .optional(.text))])
    }

    let items: [Item]
    /// What to ask for those behind them with; nil: there are none.
    let next: String?

    init(_ items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// - Parameters:
    ///   - found: one more than is asked for, where there are more.
    ///   - cursor: what leads behind one of them.
    init<Found>(
        _ found: [Found], countMax: Int, cursor: (Found) -> String, _ item: (Found) throws -> Item
    ) rethrows {
        let shown = found.prefix(countMax)
        items = try shown.map(item)
        next = found.count > shown.count ? shown.last.map(cursor) : nil
    }
}

extension Response {
    init(_ answer: some APIAnswer) { self.init(json: JSONWriter.object(answer.write)) }

    init(_ page: APIPage<some APIAnswer>) {
        self.init(
            json: JSONWriter.object { json in
                json.list("items", page.items) { $1.write(to: &$0) }
                json.member("next", page.next)
            })
    }

    init(json: String, type: String = "application/json", status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: json)))
    }
}
