import CLibXML2

extension XMLEventFilter {
    /// The functions libxml2 calls; every one not set here stays nil.
    ///
    /// No `getEntity`, `entityDecl`, `externalSubset` or `resolveEntity`: nothing is declared, found or fetched.
    static func callbacks() -> xmlSAXHandler {
        var callbacks = xmlSAXHandler()
        callbacks.initialized = UInt32(XML_SAX2_MAGIC)
        setContent(of: &callbacks)
        callbacks.internalSubset = { context, _, _, _ in
            filter(context)?.halt(.doctype, "a document type declaration")
        }
        callbacks.reference = { context, _ in
            filter(context)?.halt(.doctype, "a reference to an entity")
        }
        callbacks.processingInstruction = { context, _, _ in filter(context)?.countUnknown() }
        callbacks.serror = { context, error in
            guard let error else { return }
            filter(context)?.complain(error.pointee)
        }
        return callbacks
    }

    private static func setContent(of callbacks: inout xmlSAXHandler) {
        callbacks.startElementNs = {
            context, name, _, uri, namespaceCount, namespaces, attributeCount, _, attributes in
            guard let filter = filter(context), let name else { return }
            if namespaceCount > 0 { filter.checkDeclarations(Int(namespaceCount)) }
            let fields = UnsafeMutableRawPointer(attributes)?
                .assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
            filter.start(
                name, uri: uri,
                attributes: XMLAttributes(
                    fields: fields, tokens: filter.tokens, count: Int(attributeCount)))
        }
        callbacks.endElementNs = { context, _, _, _ in filter(context)?.end() }
        let characters: charactersSAXFunc = { context, bytes, count in
            filter(context)?.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        callbacks.characters = characters
        callbacks.cdataBlock = characters
        // The same function, so that libxml2 does not look for a difference in every run of white space.
        callbacks.ignorableWhitespace = characters
    }
}

/// The filter behind the address libxml2 carries; a free function, as C functions capture nothing.
@inline(__always)
private func filter(_ context: UnsafeMutableRawPointer?) -> XMLEventFilter? {
    context.map { Unmanaged<XMLEventFilter>.fromOpaque($0).takeUnretainedValue() }
}
