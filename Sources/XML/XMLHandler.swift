/// Takes the events of a document, in its order. A class, because libxml2 hands events to C
/// functions.
///
/// Nothing an event points to outlives the call.
package protocol XMLHandler: AnyObject {
    /// The names the handler wants to know. Read once, before the first event.
    var vocabulary: XMLVocabulary { get }

    /// An element begins.
    func start(_ element: XMLElement)
    /// A piece of character data: one run of text arrives in any number of pieces, CDATA like other
    /// text.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    /// The element that began last and has not ended, ends.
    func end(_ word: UInt8, parent: UInt8)
}

/// The beginning of an element.
package struct XMLElement {
    /// The token of its local name; unknown as well outside the first group of namespaces.
    package let word: UInt8
    /// The token of its namespace.
    package let namespace: UInt8
    /// The word of the element around it; unknown for the root.
    package let parent: UInt8
    package let attributes: XMLAttributes
}
