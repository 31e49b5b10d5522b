/// What people read about a problem, in one language.
///
/// ```swift
/// let messages = try Messages(language: "en")
/// messages.sentence(.emailDuplicateInFile, ["value": "ann@acme.example", "cells": "B7 and B22"])
/// // ann@acme.example is also in B7 and B22.
/// ```
///
/// Made from the message file this build carries; keep one and share it. Arguments that a text
/// does not use are ignored.
package struct Messages: Sendable {
    /// The language's ISO 639-1 code.
    package let language: String

    private let file: MessageFile

    /// The languages there are, in alphabetical order of their codes.
    package static var languages: [String] {
        EmbeddedText.files.map { String($0.path.prefix { $0 != "." }) }.sorted()
    }

    /// - Throws: when there is no such language, or its file is not as it should be; a test reads
    ///   every file, so a release only throws for a language it does not have.
    package init(language: String) throws(MessagesError) {
        let path = "\(language).yaml"
        guard let text = EmbeddedText.files.first(where: { $0.path == path })?.text else {
            throw MessagesError(
                file: path, found: language, allowed: Self.languages.joined(separator: ", "))
        }
        self.language = language
        file = try MessageFile(embedded: text, file: path)
    }

    /// What is wrong.
    package func sentence(_ code: Code, _ arguments: [String: String]) -> String {
        file.codes[code]?.sentence.filled(arguments) ?? code.rawValue
    }

    /// What the sentence of a code names.
    package func arguments(_ code: Code) -> Set<String> {
        file.codes[code].map { $0.sentence.arguments.needed.union($0.sentence.arguments.optional) }
            ?? []
    }

    /// What to do about it.
    package func remedy(_ code: Code, _ arguments: [String: String]) -> String {
        file.codes[code]?.remedy.filled(arguments) ?? ""
    }

    /// Data that has the code, in words, without what is said about it.
    package func example(_ code: Code) -> String { file.codes[code]?.example ?? "" }

    /// Arguments with which sentence and remedy fit the example.
    package func exampleArguments(_ code: Code) -> [String: String] {
        file.codes[code]?.exampleArguments ?? [:]
    }

    /// A text that other rooms put together with others: `list.last` is " and ".
    ///
    /// Where the language says one thing differently from many, `ID.one` is taken when the argument
    /// `count` is "1". An id that does not exist is returned as it is.
    package func fragment(_ id: String, _ arguments: [String: String] = [:]) -> String {
        let one = arguments["count"] == "1" ? file.fragments["\(id).one"] : nil
        return (one ?? file.fragments[id])?.filled(arguments) ?? id
    }

    /// The ids of all fragments, in alphabetical order.
    package var fragmentIds: [String] { file.fragments.keys.sorted() }

    /// "B7", "B7 and B22", "B7, B22 and D4", and "B7, B22, D4 and 5 more" when there are more than
    /// are named.
    ///
    /// - Parameter total: how many there are altogether; those named when nil.
    package func joined(_ names: [String], total: Int? = nil) -> String {
        let more = (total ?? names.count) - names.count
        let rest = more > 0 ? [fragment("list.more", ["count": String(more)])] : []
        return joined(names + rest, lastBy: "list.last")
    }

    /// "Customers, Networks or Sub-accounts": one of them will do.
    package func eitherOf(_ names: [String]) -> String { joined(names, lastBy: "list.or") }

    private func joined(_ members: [String], lastBy word: String) -> String {
        guard members.count > 1, let last = members.last else { return members.first ?? "" }
        let start = members.dropLast().joined(separator: fragment("list.separator"))
        return start + fragment(word) + last
    }
}
