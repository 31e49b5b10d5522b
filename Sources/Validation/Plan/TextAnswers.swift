import Spreadsheet

/// Answers to one question about the texts of a column. Each text is asked about once, however many
/// cells hold it: columns repeat themselves.
struct TextAnswers {
    private let texts: TextTable
    /// By text id: 0 for one that was not asked about, 1 for no, 2 for yes.
    private var answers: [UInt8]

    init(of texts: TextTable) {
        self.texts = texts
        answers = Array(repeating: 0, count: texts.count)
    }

    /// Whether something holds for a text as it came.
    @inline(__always)
    mutating func holds(
        for id: UInt32, _ question: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        let index = Int(id)
        guard index < answers.count else { return texts.read(id, question) }
        if answers[index] == 0 { answers[index] = texts.read(id, question) ? 2 : 1 }
        return answers[index] == 2
    }
}
