/// The readers of single values as functions, to read every member of a list with.
extension DefinitionNode {
    static func text(of node: DefinitionNode) throws(DefinitionError) -> String {
        try node.text()
    }

    static func id(of node: DefinitionNode) throws(DefinitionError) -> String {
        try node.id()
    }

    static func localizedText(of node: DefinitionNode) throws(DefinitionError) -> LocalizedText {
        try node.localizedText()
    }

    static func word<Word: RawRepresentable & CaseIterable>(
        of node: DefinitionNode
    ) throws(DefinitionError) -> Word where Word.RawValue == String {
        try node.word()
    }
}
