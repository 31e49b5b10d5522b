import Testing
import Validation
import XLSX

@testable import Gate

/// Every limit that people are told of.
struct LimitTableTests {
    @Test(arguments: LimitTable.all)
    func everyLimitHasValueUnitAndReason(_ limit: LimitTable.Limit) {
        #expect(!limit.name.isEmpty)
        #expect((Int(limit.value) ?? 0) > 0)
        #expect(!limit.unit.isEmpty)
        #expect(limit.reason.hasSuffix("."))
    }

    @Test func noLimitIsToldTwice() {
        #expect(Set(LimitTable.all.map(\.name)).count == LimitTable.all.count)
    }

    @Test func everyLimitOfWorkbooksIsTold() {
        let values = Set(LimitTable.all.map(\.value))
        for (name, value) in numbers(in: WorkbookLimits.upload) {
            #expect(values.contains(value), "\(name) = \(value)")
        }
    }

    @Test func theValuesAreThoseThatHold() {
        let values = Dictionary(uniqueKeysWithValues: LimitTable.all.map { ($0.name, $0.value) })
        #expect(values["upload size"] == "\(WorkbookLimits.upload.fileSizeMax)")
        #expect(values["header search"] == "\(HeaderMatcher.rowCountMax)")
        #expect(values["columns read"] == "\(HeaderMatcher.columnCountMax)")
        #expect(values["list size"] == "\(ListFile.sizeMax)")
        #expect(values["standard input"] == "\(InputFile.streamSizeMax)")
        #expect(values["settings file"] == "\(InputFile.textSizeMax)")
    }

    /// Every stored number of a value and of the values in it.
    private func numbers(in value: Any) -> [(name: String, value: String)] {
        Mirror(reflecting: value).children.flatMap { child -> [(name: String, value: String)] in
            if let number = child.value as? any BinaryInteger {
                return [(child.label ?? "", "\(number)")]
            }
            return numbers(in: child.value)
        }
    }
}
