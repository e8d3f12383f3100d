import StarlarkSyntax

/// A place in a file for people to read.
public typealias SourceLocation = StarlarkSyntax.SourceLocation

/// A mistake found before running.
public typealias SyntaxError = StarlarkSyntax.SyntaxError

/// What a file may use beyond the core language.
public typealias DialectOptions = StarlarkSyntax.DialectOptions

typealias SyntaxErrors = StarlarkSyntax.SyntaxErrors

typealias Spelling = StarlarkSyntax.Spelling
