namespace ChatPS.Sandbox.Answers;

/// <summary>What the head of an answer says about its request and its connection.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Elapsed">The time since the request came.</param>
/// <param name="KeepAlive">Whether the connection stays open.</param>
/// <param name="HasBody">Whether a body follows; none does after HEAD.</param>
internal readonly record struct AnswerHead(long Number, TimeSpan Elapsed, bool KeepAlive, bool HasBody);
