package import Gate
import Ledger
import Portals
package import Validation

extension RememberingGate {
    /// Remembers a list: what names are looked up in from now on.
    package func load(
        _ names: Directory, as id: String, from source: String, ofPortal portal: String
    ) throws {
        let list = RememberedList(directory: id, source: source, stamp: stamp, names)
        try ledger.load(list, in: scope(ofPortal: portal), by: stamp)
    }

    /// Remembers settings: what holds from now on without being said.
    package func load(_ settings: SettingsFile, ofPortal portal: String) throws {
        try ledger.load(
            RememberedSettings(
                portal: portal, source: settings.name, stamp: stamp, text: settings.text,
                sha256: settings.sha256),
            of: reseller)
    }

    /// What is handed in, with the settings that are remembered beneath it.
    package func inputs(_ inputs: KnownInputs) throws -> KnownInputs {
        var inputs = inputs
        for settings in try ledger.settings(of: reseller) {
            inputs.remembered[settings.portal] = SettingsFile(
                name: settings.source, text: settings.text, sha256: settings.sha256)
        }
        return inputs
    }

    /// All that is remembered of a portal.
    package func memory(_ plan: ValidationPlan) throws -> KnownAnswer {
        let scope = scope(ofPortal: plan.definition.portal)
        var memory = KnownAnswer(records: try ledger.records(plan, in: scope))
        for list in try ledger.lists(in: scope) {
            memory.directories[list.directory] = Directory(list)
        }
        return memory
    }
}
