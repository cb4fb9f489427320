namespace ChatPS.Api.Errors;

/// <summary>An answer that is larger, once it is decompressed, than what is read at most.</summary>
/// <param name="maxBytes">The most that is read.</param>
public sealed class AnswerTooLargeException(long maxBytes)
    : WireFormatException(FormattableString.Invariant($"The answer is larger than the {maxBytes:N0} bytes that are read at most."), "");
