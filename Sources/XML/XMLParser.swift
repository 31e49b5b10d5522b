import CLibXML2

/// Reads one document that arrives in pieces and calls its handler for each event (XML 1.0,
/// Namespaces 1.0).
///
/// A wall around libxml2's push parser. No tree, no DTD, no entities but the five predefined ones,
/// no network: a document that has a DTD is refused as packages must not have one (ECMA-376 Part 2
/// §9.1.1 [M1.18]). One parser reads one document on one thread at a time.
///
/// The document is read only when `finish` returns: before that, what the handler got may be half
/// of a broken one.
package final class XMLParser {
    /// Bytes given to libxml2 at once; must not be above `XMLLimits.tagSizeBytesMax`.
    private static let chunkSize = 32 * 1024

    private let events: UnsafeMutablePointer<XMLEventFilter>
    private var text: XMLTextFeed
    private var tagGuard: XMLTagGuard
    private let context: xmlParserCtxtPtr?
    /// Bytes of the document that were not fed: others have read them.
    private var skippedCount: UInt64 = 0

    /// Prepares reading a document for a handler.
    package init(handler: any XMLHandler, limits: XMLLimits = .standard) {
        _ = Self.preparedLibrary
        rowgate_xml_silence_thread()
        events = .allocate(capacity: 1)
        events.initialize(to: XMLEventFilter(handler: handler, limits: limits))
        text = XMLTextFeed()
        tagGuard = XMLTagGuard(limits: limits)
        var callbacks = XMLEventFilter.callbacks()
        context = xmlCreatePushParserCtxt(&callbacks, events, nil, 0, nil)
        if let context {
            // Encodings are judged and decoded before libxml2 sees a byte: it must not switch
            // again.
            let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue
            xmlCtxtUseOptions(context, Int32(bitPattern: options))
            events.pointee.intern(in: context)
        }
    }

    deinit {
        if let context {
            if let document = context.pointee.myDoc { xmlFreeDoc(document) }
            xmlFreeParserCtxt(context)
        }
        events.pointee.deallocate()
        events.deinitialize(count: 1)
        events.deallocate()
    }

    /// Once a process and before any thread parses; never undone.
    private static let preparedLibrary: Void = rowgate_xml_prepare_process()

    /// Reads the next bytes, any number of them.
    ///
    /// - Throws: the first thing that is wrong; after that the parser takes nothing more.
    package func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) {
        if text.isPassedThrough { return try parse(bytes) }
        let decoded = try text.decode(bytes, isWhole: false)
        try parse(decoded)
    }

    /// Ends the document.
    ///
    /// - Throws: `malformed` when it was not whole, and what `feed` throws.
    package func finish() throws(XMLError) {
        let decoded = try text.decode(UnsafeBufferPointer(start: nil, count: 0), isWhole: true)
        try parse(decoded)
        if let context { xmlParseChunk(context, nil, 0, 1) }
        try check()
        guard events.pointee.isRootClosed else {
            throw error(.malformed, found: "the end of the document")
        }
    }

    /// Whether bytes are taken as they are: the document is UTF-8, and its declaration was fed.
    package var isPassedThrough: Bool { text.isPassedThrough }

    /// Leaves bytes out that somebody else has read, between two elements.
    package func skip(_ byteCount: Int) { skippedCount += UInt64(clamping: byteCount) }

    private func parse(_ bytes: [UInt8]) throws(XMLError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(XMLError) in try parse(bytes) }
    }

    private func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) {
        var rest = bytes
        while !rest.isEmpty {
            let piece = UnsafeBufferPointer(rebasing: rest.prefix(Self.chunkSize))
            rest = UnsafeBufferPointer(rebasing: rest.dropFirst(piece.count))
            guard tagGuard.accepts(piece) else { throw error(.tagTooLong, found: "a longer one") }
            piece.withMemoryRebound(to: CChar.self) { characters in
                _ = xmlParseChunk(context, characters.baseAddress, Int32(characters.count), 0)
            }
            try check()
        }
    }

    /// libxml2's return value also reports what is no error here, such as undeclared prefixes; and
    /// after a stop `wellFormed` may still be set. So both are asked, and what the callbacks saw
    /// comes first.
    private func check() throws(XMLError) {
        if let stop = events.pointee.stop { throw error(stop.code, found: stop.found) }
        guard let context else { throw error(.malformed, found: "no memory for a parser") }
        guard context.pointee.wellFormed != 0, context.pointee.disableSAX == 0 else {
            throw error(.malformed, found: events.pointee.complaint ?? "broken markup")
        }
    }

    private func error(_ code: XMLError.Code, found: String) -> XMLError {
        let now = context.flatMap { UInt64(exactly: xmlByteConsumed($0)) } ?? 0
        return XMLError(
            code: code, byteOffset: skippedCount + (events.pointee.byteOffset ?? now), found: found,
            expected: events.pointee.limits.expectation(of: code))
    }
}

// Whole documents.
extension XMLParser {
    /// Names the handler does not know that a plain document may have: honest rows have about ten.
    private static let plainNamesMax = 32

    /// Reads a whole document that lies in memory, if it is plain: UTF-8, all elements of known
    /// namespaces, few unknown names, within the limits.
    ///
    /// libxml2 reads such a document where it lies, without a copy, and a tenth faster than it
    /// takes what it is fed, as it looks for no end of anything twice. What is wrong is not told:
    /// a document that was not read is to be fed to a parser.
    ///
    /// - Parameter terminated: the document, and behind it a NUL; without one nothing is read.
    /// - Returns: whether it was read; else what the handler got means nothing.
    package static func readPlain(
        _ terminated: UnsafeBufferPointer<UInt8>, handler: any XMLHandler,
        limits: XMLLimits = .standard
    ) -> Bool {
        guard terminated.last == 0 else { return false }
        let document = UnsafeBufferPointer(rebasing: terminated.dropLast())
        return XMLParser(handler: handler, limits: limits).readPlain(document)
    }

    private func readPlain(_ document: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let context, XMLPrologue.isUTF8(document) else { return false }
        var rest = document[...]
        while !rest.isEmpty {
            guard tagGuard.accepts(UnsafeBufferPointer(rebasing: rest.prefix(Self.chunkSize)))
            else { return false }
            rest = rest.dropFirst(Self.chunkSize)
        }
        document.withMemoryRebound(to: CChar.self) { characters in
            _ = rowgate_xml_parse_memory(context, characters.baseAddress, characters.count)
        }
        let events = events.pointee
        return context.pointee.wellFormed != 0 && events.stop == nil && events.unknownCount == 0
            && events.isRootClosed && events.unknownNameCount <= Self.plainNamesMax
    }
}
