package import Portals

/// An operation that stands in a batch now, for whoever keeps account of operations.
package struct WrittenOperation: Sendable {
    /// As the line has it: `studio.company.create/acme.12345.service`.
    package let id: String
    /// From 1 over all batches together.
    package let sequence: Int
    /// The operation's id in the Definition.
    package let operation: String
    package let kind: OperationDefinition.Kind
    /// 64 lower-case hexadecimal digits.
    package let idempotencyKey: String
    /// Whether it waits until something is settled.
    package let isHeld: Bool
    /// When it is held no more, ISO 8601 in UTC, where nothing but time holds it.
    package let heldUntil: String?
    /// Position of the row's sheet in the store; nil for what is done once.
    package let sheet: Int?
    package let row: Int?
}
