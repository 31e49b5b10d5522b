/// What goes along with steps that a portal refuses.
package struct RefusalPlan: Sendable, Equatable {
    /// By the id of a sheet, how many rows made something that rests on what is refused.
    package internal(set) var made: [String: Int] = [:]
    /// How many rows only asked for something of it, later.
    package internal(set) var laterCount = 0
    /// How many rows come back, of those whose steps are refused.
    package internal(set) var rowCount = 0
    /// How many other steps are refused from then on, of whatever batch.
    package internal(set) var stepCount = 0
    /// The steps of the same batch that are refused from then on.
    package internal(set) var sequences: Set<Int> = []
}
