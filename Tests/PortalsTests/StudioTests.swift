import Catalogue
import Testing

@testable import Portals

struct StudioTests {
    @Test func `every embedded definition decodes`() throws {
        let definitions = try Definitions.embedded()
        #expect(definitions.map(\.portal) == Definitions.embeddedPortals)
        #expect(definitions.contains { $0.portal == "studio" })
    }
}
