import Foundation

/// What a check said of the rows that were to fix in the last try of an upload.
struct UploadSince: Decodable {
    /// The last try: `2.1`; nil for one that nobody approved.
    let upload: String?
    let fixed, stillWrong, newlyWrong, gone: Int

    /// - Parameter folder: the upload's.
    /// - Returns: nil for a first try.
    init?(folder: String) {
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/since.json") else {
            return nil
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: bytes)
        } catch {
            return nil
        }
    }

    func text(_ texts: PageTexts) -> String {
        texts(
            upload == nil ? "upload.since_try" : "upload.since",
            [
                "number": upload ?? "", "fixed": fixed, "wrong": stillWrong, "new": newlyWrong,
                "gone": gone,
            ])
    }
}
