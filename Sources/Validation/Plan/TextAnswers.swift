import Spreadsheet

/// Answers to one question about the texts of a column. Each text is asked about once, however many
/// cells hold it: columns repeat themselves.
struct TextAnswers {
    private let texts: TextTable
    /// By text id, four to a byte: 0 for one that was not asked about, 1 for no, 2 for yes.
    private var answers: [UInt8]

    init(of texts: TextTable) {
        self.texts = texts
        answers = Array(repeating: 0, count: (texts.count + 3) / 4)
    }

    /// Whether something holds for a text as it came.
    @inline(__always)
    mutating func holds(
        for id: UInt32, _ question: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        let index = Int(id >> 2)
        let shift = UInt8(truncatingIfNeeded: id & 3) << 1
        guard index < answers.count else { return texts.read(id, question) }
        switch answers[index] >> shift & 3 {
        case 0:
            let holds = texts.read(id, question)
            answers[index] |= (holds ? 2 : 1) << shift
            return holds
        case let answer: return answer == 2
        }
    }
}
