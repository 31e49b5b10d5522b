import Testing

@testable import Catalogue

/// The message files against the catalogue: the one place where sentences are looked at.
struct MessagesTests {
    @Test func `English and German are there`() {
        #expect(Messages.languages == ["de", "en"])
    }

    @Test func `a language that does not exist is refused by name`() {
        #expect(throws: MessagesError(file: "xx.yaml", found: "xx", allowed: "de, en")) {
            try Messages(language: "xx")
        }
    }

    @Test(arguments: Messages.languages)
    func `every code has sentence, remedy and example`(language: String) throws {
        let messages = try Messages(language: language)
        for code in Code.allCases {
            #expect(messages.sentence(code, [:]) != code.rawValue, "\(code.rawValue)")
            #expect(!messages.remedy(code, [:]).isEmpty, "\(code.rawValue)")
            #expect(!messages.example(code).isEmpty, "\(code.rawValue)")
        }
    }

    @Test(arguments: Messages.languages)
    func `texts use the arguments their code declares`(language: String) throws {
        for (code, texts) in try MessageFile(language).codes {
            let declared = names(code.neededArguments + code.optionalArguments)
            for text in [texts.sentence, texts.remedy] {
                let used = text.arguments
                #expect(used.needed.isSubset(of: names(code.neededArguments)), "\(code.rawValue)")
                #expect(used.optional.isSubset(of: declared), "\(code.rawValue)")
            }
            #expect(declared.isSuperset(of: texts.exampleArguments.keys), "\(code.rawValue)")
        }
    }

    @Test(arguments: Messages.languages)
    func `an example gives what the sentence cannot do without`(language: String) throws {
        for (code, texts) in try MessageFile(language).codes {
            let given = Set(texts.exampleArguments.keys)
            #expect(names(code.neededArguments).isSubset(of: given), "\(code.rawValue)")
        }
    }

    @Test func `every declared argument is used in some language`() throws {
        var used: [Code: Set<String>] = [:]
        for language in Messages.languages {
            for (code, texts) in try MessageFile(language).codes {
                used[code, default: []].formUnion(texts.exampleArguments.keys)
                for text in [texts.sentence, texts.remedy] {
                    used[code]?.formUnion(text.arguments.needed.union(text.arguments.optional))
                }
            }
        }
        for code in Code.allCases {
            let declared = names(code.neededArguments + code.optionalArguments)
            #expect(used[code] == declared, "\(code.rawValue)")
        }
    }

    @Test(arguments: Messages.languages)
    func `sentences read well whatever is known`(language: String) throws {
        let messages = try Messages(language: language)
        for code in Code.allCases {
            let needed = values(code.neededArguments)
            let all = values(code.neededArguments + code.optionalArguments)
            for arguments in [needed, all] {
                for text in [messages.sentence(code, arguments), messages.remedy(code, arguments)] {
                    #expect(text.isTidy, "\(code.rawValue): \(text)")
                    #expect(text.hasSuffix(".") || text.hasSuffix(")"), "\(code.rawValue): \(text)")
                }
            }
        }
    }

    @Test(arguments: Messages.languages)
    func `fragments have no loose ends`(language: String) throws {
        let messages = try Messages(language: language)
        for id in messages.fragmentIds {
            let text = messages.fragment(id, values(MessageArgument.allCases))
            #expect(text.isTidy || id.hasPrefix("list."), "\(id): \(text)")
        }
    }

    @Test func `every language has the same fragments with the same arguments`() throws {
        let english = try MessageFile("en").fragments
        for language in Messages.languages {
            let other = try MessageFile(language).fragments
            #expect(other.keys.sorted() == english.keys.sorted(), "\(language)")
            for (id, text) in english {
                #expect(other[id]?.arguments.needed == text.arguments.needed, "\(language) \(id)")
            }
        }
    }

    @Test(arguments: Messages.languages)
    func `no word of the inside reaches a person`(language: String) throws {
        let forbidden = [
            "definition", "finding", "directory", "record", "operation", "ledger", "import",
            "attempt", "tenant", "operator", "field",
        ]
        let messages = try Messages(language: language)
        let codes = Code.allCases.flatMap { code in
            let arguments = messages.exampleArguments(code)
            return [
                messages.sentence(code, arguments), messages.remedy(code, arguments),
                messages.example(code),
            ]
        }
        for text in codes + messages.fragmentIds.map({ messages.fragment($0) }) {
            let words = text.lowercased().split { !$0.isLetter }
            let found = words.filter { word in
                forbidden.contains { word == $0 || word == "\($0)s" || word == "\($0)ed" }
            }
            #expect(found.isEmpty, "\(text)")
        }
    }

    @Test func `a sentence says what the design shows`() throws {
        let messages = try Messages(language: "en")
        let arguments = ["value": "ann@acme.example", "cells": messages.joined(["B7", "B22"])]
        #expect(
            messages.sentence(.emailDuplicateInFile, arguments)
                == "ann@acme.example is also in B7 and B22.")
    }

    private func names(_ arguments: [MessageArgument]) -> Set<String> {
        Set(arguments.map(\.rawValue))
    }

    private func values(_ arguments: [MessageArgument]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: arguments.map { ($0.rawValue, "X") })
    }
}

extension MessageFile {
    fileprivate init(_ language: String) throws {
        let path = "\(language).yaml"
        let text = try #require(EmbeddedText.files.first { $0.path == path }?.text)
        try self.init(embedded: text, file: path)
    }
}

extension String {
    /// No braces, no argument missing, no doubled or misplaced space.
    fileprivate var isTidy: Bool {
        let loose = ["{", "}", "[", "]", "…", "  ", " . ", " ,", " ;", " :", "..", ",.", ":."]
        return !loose.contains { (self + " ").contains($0) } && first != " " && last != " "
    }
}
