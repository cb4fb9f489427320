using System.Text.Json;

namespace ChatPS.Sandbox.Answers;

/// <summary>One event of a stream.</summary>
/// <param name="Write">Writes its data.</param>
/// <param name="Name">Its type, where the dialect names them.</param>
internal readonly record struct StreamEvent(Action<Utf8JsonWriter> Write, string? Name = null);
