namespace ChatPS.Sandbox.Families;

/// <summary>A request that lies in another, such as a line of a batch, and is answered as one that came by itself.</summary>
/// <param name="Outer">The request that it lies in: its headers hold.</param>
/// <param name="Path">The path, which it is posted to.</param>
/// <param name="Body">The JSON.</param>
/// <param name="Number">Its number, from which ids are made.</param>
internal sealed record InnerRequest(EndpointCall Outer, string Path, ReadOnlyMemory<byte> Body, long Number);
