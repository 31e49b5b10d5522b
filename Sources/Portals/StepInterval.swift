/// How soon a portal takes the same step again: an invitation to one company once an hour.
package struct StepInterval: Sendable {
    package var minutes: Int
    /// What is said of rows that ask for it too soon.
    package var message: LocalizedText
    package var remedy: LocalizedText?

    package init(minutes: Int, message: LocalizedText, remedy: LocalizedText? = nil) {
        self.minutes = minutes
        self.message = message
        self.remedy = remedy
    }
}

extension StepInterval {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["minutes", "message", "remedy"])
        self.init(
            minutes: try table.required("minutes").count(),
            message: try table.required("message").messageText(),
            remedy: try table["remedy"]?.messageText())
    }
}
