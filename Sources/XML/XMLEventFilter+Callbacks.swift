import CLibXML2

extension XMLEventFilter {
    /// The functions libxml2 calls; every one not set here stays nil.
    ///
    /// No `getEntity`, `entityDecl`, `externalSubset` or `resolveEntity`: nothing is declared,
    /// found or fetched.
    static func callbacks() -> xmlSAXHandler {
        var callbacks = xmlSAXHandler()
        callbacks.initialized = UInt32(XML_SAX2_MAGIC)
        setContent(of: &callbacks)
        callbacks.internalSubset = { context, _, _, _ in
            filter(context)?.pointee.halt(.doctype, "a document type declaration")
        }
        callbacks.reference = { context, _ in
            filter(context)?.pointee.halt(.doctype, "a reference to an entity")
        }
        callbacks.processingInstruction = { context, _, _ in filter(context)?.pointee.countUnknown()
        }
        callbacks.serror = { context, error in
            guard let error else { return }
            filter(context)?.pointee.complain(error.pointee)
        }
        return callbacks
    }

    private static func setContent(of callbacks: inout xmlSAXHandler) {
        callbacks.startElementNs = {
            context, name, _, uri, namespaceCount, namespaces, attributeCount, _, attributes in
            guard let filter = filter(context), let name else { return }
            if namespaceCount > 0 { filter.pointee.checkDeclarations(Int(namespaceCount)) }
            let fields = UnsafeMutableRawPointer(attributes)?
                .assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
            filter.pointee.start(
                name, uri: uri,
                attributes: XMLAttributes(
                    fields: fields, tokens: filter.pointee.tokens, count: Int(attributeCount)))
        }
        callbacks.endElementNs = { context, _, _, _ in filter(context)?.pointee.end() }
        let characters: charactersSAXFunc = { context, bytes, count in
            filter(context)?.pointee.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        callbacks.characters = characters
        callbacks.cdataBlock = characters
        // The same function, so that libxml2 does not look for a difference in every run of white
        // space.
        callbacks.ignorableWhitespace = characters
    }
}

/// The filter at the address libxml2 carries; a free function, as C functions capture nothing.
@inline(__always)
private func filter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLEventFilter>? {
    context?.assumingMemoryBound(to: XMLEventFilter.self)
}
