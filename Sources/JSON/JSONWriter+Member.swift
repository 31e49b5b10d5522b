extension JSONWriter {
    /// A member with a text, or `null`.
    package mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A member with a whole number.
    package mutating func member(_ name: String, _ value: Int) {
        key(name)
        integer(value)
    }

    /// A member with a number.
    package mutating func member(_ name: String, _ value: Double) {
        key(name)
        number(value)
    }

    /// A member with `true` or `false`.
    package mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }
}
