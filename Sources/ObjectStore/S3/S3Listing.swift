/// The answer to ListObjectsV2.
///
/// See <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>.
enum S3Listing {
    /// The page in an answer, with `ownPrefix` taken off the keys; nil when it is not such an answer.
    static func page(in body: [UInt8], ownPrefix: String) -> ObjectPage? {
        guard let root = XMLDocument.root(of: body), root.name == "ListBucketResult" else { return nil }
        var objects: [ObjectSummary] = []
        for element in root.children where element.name == "Contents" {
            guard let name = element.child("Key")?.text, let size = element.child("Size")?.text,
                let byteCount = Int(size)
            else { return nil }
            if let key = key(name, ownPrefix) { objects.append(ObjectSummary(key: key, byteCount: byteCount)) }
        }
        guard root.child("IsTruncated")?.text == "true" else { return ObjectPage(objects: objects, next: nil) }
        guard let token = root.child("NextContinuationToken")?.text, !token.isEmpty else { return nil }
        return ObjectPage(objects: objects, next: ObjectCursor(token))
    }

    private static func key(_ name: String, _ ownPrefix: String) -> ObjectKey? {
        guard name.hasPrefix(ownPrefix) else { return nil }
        let text = String(name.dropFirst(ownPrefix.count))
        return try? ObjectKey(text)
    }
}
