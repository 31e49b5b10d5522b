import JSON

/// What something in JSON looks like, as the document says it (JSON Schema 2020-12).
indirect enum APISchema: Sendable {
    case text
    /// ISO 8601.
    case time
    case number
    case flag
    case oneOf([String])
    /// Or `null`.
    case optional(APISchema)
    case list(APISchema)
    case object([Member])
    /// One of the document's components.
    case named(String)

    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let schema: APISchema
        var isRequired = true

        init(_ name: String, _ schema: APISchema, isRequired: Bool = true) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        writeMembers(to: &json)
        json.endObject()
    }

    private func writeMembers(to json: inout JSONWriter) {
        switch self {
        case .text: json.member("type", "string")
        case .time:
            json.member("type", "string")
            json.member("format", "date-time")
        case .number: json.member("type", "integer")
        case .flag: json.member("type", "boolean")
        case .oneOf(let words):
            json.member("type", "string")
            json.texts("enum", words)
        case .optional(let schema):
            json.key("anyOf")
            json.beginArray()
            schema.write(to: &json)
            json.beginObject()
            json.member("type", "null")
            json.endObject()
            json.endArray()
        case .list(let schema):
            json.member("type", "array")
            json.key("items")
            schema.write(to: &json)
        case .object(let members):
            json.member("type", "object")
            json.texts("required", members.filter(\.isRequired).map(\.name))
            json.object("properties") { json in
                for member in members {
                    json.key(member.name)
                    member.schema.write(to: &json)
                }
            }
        case .named(let name): json.member("$ref", "#/components/schemas/\(name)")
        }
    }
}

extension JSONWriter {
    /// A member that is a list of texts.
    mutating func texts(_ name: String, _ texts: [String]) {
        key(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// A member with a whole number, or `null`.
    mutating func member(_ name: String, number: Int?) {
        key(name)
        if let number { integer(number) } else { null() }
    }
}
