namespace ChatPS.Tests;

/// <summary>An operation of OpenAI's official description.</summary>
/// <param name="Id">Its id, such as <c>createBatch</c>.</param>
/// <param name="Method">The HTTP method, in capitals.</param>
/// <param name="Path">Its path, with its parameters in braces.</param>
internal sealed record Operation(string Id, string Method, string Path);
