package import Portals

extension Definition {
    /// What keeps operations back while the settings are these.
    package func holds(by settings: Settings) -> [Hold] {
        guard let sheet = sheets.first else { return [] }
        return holds.filter { RowCondition($0.when, of: sheet, in: self).holds(settings) }
    }
}
