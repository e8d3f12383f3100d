/// A part of a listing.
public struct ObjectPage: Sendable, Hashable {
    /// The objects of this page, each object of the listing on exactly one page.
    public let objects: [ObjectSummary]
    /// Where the next page begins; nil on the last one.
    public let next: ObjectCursor?

    /// Makes a page.
    public init(objects: [ObjectSummary], next: ObjectCursor?) {
        self.objects = objects
        self.next = next
    }
}
