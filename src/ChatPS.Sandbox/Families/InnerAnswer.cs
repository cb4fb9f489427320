namespace ChatPS.Sandbox.Families;

/// <summary>The answer to an <see cref="InnerRequest"/>.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Body">The body.</param>
internal sealed record InnerAnswer(int StatusCode, ReadOnlyMemory<byte> Body);
