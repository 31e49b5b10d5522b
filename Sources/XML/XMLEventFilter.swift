import CLibXML2

/// Stands between libxml2's callbacks and the handler: holds the limits, turns names into tokens,
/// keeps the stack.
///
/// A structure in memory of its own, whose address libxml2 carries: callbacks come for every cell
/// of a sheet, and this way none of them counts a reference or checks exclusive access.
struct XMLEventFilter {
    struct Stop { let code: XMLError.Code, found: String }

    let limits: XMLLimits
    /// Why parsing was stopped; set before `xmlStopParser`.
    private(set) var stop: Stop?
    private var isStopped = false
    /// What libxml2 said first that makes the document malformed.
    private(set) var complaint: String?
    /// Bytes before the first thing that was wrong; libxml2 forgets its place when it stops.
    private(set) var byteOffset: UInt64?
    private(set) var isRootClosed = false
    private let handler: any XMLHandler
    private let vocabulary: XMLVocabulary
    private let words: XMLNameTable
    private let namespaces: XMLNameTable
    private var parser: xmlParserCtxtPtr?
    /// Elements of unknown namespaces, and processing instructions.
    private(set) var unknownCount = 0
    private var depth = 0
    /// The words of the open elements, the root's at index 1; index 0 stands for what is around it.
    private let stack: UnsafeMutablePointer<UInt8>
    /// The tokens of the current element's attributes.
    private let attributeTokens: UnsafeMutablePointer<UInt16>
    /// For each of these tokens the name without prefix that it was made of; nil for another.
    ///
    /// Cells have the same attributes in the same places, so most tokens stand there already.
    private let tokenNames: UnsafeMutablePointer<UnsafePointer<UInt8>?>

    init(handler: any XMLHandler, limits: XMLLimits) {
        self.handler = handler
        self.limits = limits
        vocabulary = handler.vocabulary
        let uriCount = vocabulary.namespaces.reduce(0) { $0 + $1.count }
        words = XMLNameTable(knownCount: vocabulary.words.count, unknownMax: limits.namesMax)
        namespaces = XMLNameTable(knownCount: uriCount, unknownMax: limits.namespaceURIsMax)
        stack = .allocate(capacity: limits.depthMax + 1)
        stack.initialize(repeating: XMLVocabulary.unknown, count: limits.depthMax + 1)
        attributeTokens = .allocate(capacity: limits.attributesPerElementMax)
        attributeTokens.initialize(repeating: 0, count: limits.attributesPerElementMax)
        tokenNames = .allocate(capacity: limits.attributesPerElementMax)
        tokenNames.initialize(repeating: nil, count: limits.attributesPerElementMax)
    }

    /// Gives back what `init` took; the last call.
    func deallocate() {
        stack.deallocate()
        attributeTokens.deallocate()
        tokenNames.deallocate()
    }

    /// Puts the vocabulary into the parser's dictionary, so that its addresses are known.
    mutating func intern(in parser: xmlParserCtxtPtr) {
        self.parser = parser
        for (index, word) in vocabulary.words.enumerated() {
            guard let name = xmlDictLookup(parser.pointee.dict, word, -1) else { continue }
            words.insert(name, token: UInt8(truncatingIfNeeded: index))
        }
        for (index, group) in vocabulary.namespaces.enumerated() {
            for uri in group where !uri.isEmpty {
                guard let name = xmlDictLookup(parser.pointee.dict, uri, -1) else { continue }
                namespaces.insert(name, token: UInt8(truncatingIfNeeded: index))
            }
        }
        plainNamespace =
            vocabulary.namespaces.firstIndex { $0.contains("") }.map { UInt8($0) }
            ?? XMLVocabulary.unknown
        lastNamespace = plainNamespace
    }

    /// The token of elements without namespace.
    private var plainNamespace = XMLVocabulary.unknown
    /// The namespace that was asked for last, as one comes after the other.
    private var lastURI: UnsafePointer<UInt8>?
    private var lastNamespace = XMLVocabulary.unknown

    // MARK: Events

    mutating func start(
        _ name: UnsafePointer<UInt8>, uri: UnsafePointer<UInt8>?, attributes: XMLAttributes
    ) {
        guard !isStopped else { return }
        guard depth < limits.depthMax else { return halt(.tooDeep, "element \(depth + 1)") }
        guard attributes.count <= limits.attributesPerElementMax else {
            return halt(.tooManyAttributes, "\(attributes.count)")
        }
        guard attributes.count == 0 || tokenize(attributes), let namespace = namespaceToken(uri),
            let known = word(name)
        else { return }
        if namespace == XMLVocabulary.unknown { countUnknown() }
        let word = namespace == 0 ? known : XMLVocabulary.unknown
        let parent = stack[depth]
        depth += 1
        stack[depth] = word
        handler.start(
            XMLElement(word: word, namespace: namespace, parent: parent, attributes: attributes))
    }

    mutating func end() {
        guard !isStopped, depth > 0 else { return }
        depth -= 1
        isRootClosed = depth == 0
        handler.end(stack[depth + 1], parent: stack[depth])
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !isStopped else { return }
        handler.text(bytes)
    }

    mutating func countUnknown() {
        unknownCount += 1
        if unknownCount > limits.unknownMax { halt(.tooManyUnknown, "\(unknownCount)") }
    }

    /// Remembers the reason first: after `xmlStopParser` libxml2 tells none.
    mutating func halt(_ code: XMLError.Code, _ found: String) {
        guard !isStopped else { return }
        isStopped = true
        stop = Stop(code: code, found: found)
        notePlace()
        if let parser { xmlStopParser(parser) }
    }

    mutating func complain(_ error: xmlError) {
        guard complaint == nil, error.level == XML_ERR_FATAL, let message = error.message else {
            return
        }
        notePlace()
        complaint = String(cString: message).split(separator: "\n").first.map {
            String($0.prefix(120))
        }
    }

    private mutating func notePlace() {
        guard byteOffset == nil, let parser else { return }
        byteOffset = UInt64(exactly: xmlByteConsumed(parser))
    }

    mutating func checkDeclarations(_ count: Int) {
        guard count > limits.namespacesPerElementMax else { return }
        halt(.tooManyNamespaces, "\(count) on one element")
    }

    // MARK: Tokens

    /// Names so far that the handler does not know.
    var unknownNameCount: Int { words.unknownCount }

    var tokens: UnsafePointer<UInt16> { UnsafePointer(attributeTokens) }

    private mutating func tokenize(_ attributes: XMLAttributes) -> Bool {
        guard let fields = attributes.fields else { return true }
        for index in 0..<attributes.count {
            let at = index * XMLAttributes.fieldsPerAttribute
            let hasPrefix = fields[at + 1] != nil
            if !hasPrefix, let name = fields[at], tokenNames[index] == name { continue }
            guard let name = fields[at], let word = word(name) else { return false }
            var namespace = XMLAttributes.noNamespace
            if hasPrefix {
                guard let token = namespaceToken(fields[at + 2]) else { return false }
                namespace = token
            }
            attributeTokens[index] = XMLAttributes.token(word: word, namespace: namespace)
            tokenNames[index] = hasPrefix ? nil : name
        }
        return true
    }

    @inline(__always)
    private mutating func word(_ name: UnsafePointer<UInt8>) -> UInt8? {
        if let token = words.token(of: name) { return token }
        halt(.tooManyNames, "another name")
        return nil
    }

    @inline(__always)
    private mutating func namespaceToken(_ uri: UnsafePointer<UInt8>?) -> UInt8? {
        if uri == lastURI { return lastNamespace }
        guard let uri else { return plainNamespace }
        if let token = namespaces.token(of: uri) {
            lastURI = uri
            lastNamespace = token
            return token
        }
        halt(.tooManyNamespaces, "another URI")
        return nil
    }
}
