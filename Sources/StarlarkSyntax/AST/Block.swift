/// The statements of a body, in order.
public typealias Block = NodeList<StatementID>
