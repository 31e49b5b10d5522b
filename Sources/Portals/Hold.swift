/// Something that must be settled before operations may be handed over: a reseller's account that
/// is not approved yet.
package struct Hold: Sendable {
    /// What a held operation says it waits for.
    package var id: String
    /// Asks settings alone.
    package var when: Condition
    /// Ids of the operations it holds; empty: all.
    package var operations: [String]
    package var message: LocalizedText
    package var remedy: LocalizedText?
}
