using System.Text.Json;

namespace ChatPS.Sandbox.Answers;

/// <summary>What to send: a JSON body, a text, or a stream of JSON events.</summary>
internal sealed record Answer
{
    public int StatusCode { get; init; } = 200;

    public string ContentType { get; init; } = "application/json";

    /// <summary>Writes the JSON body.</summary>
    public Action<Utf8JsonWriter>? Json { get; init; }

    /// <summary>The body where it is not JSON.</summary>
    public string Text { get; init; } = "";

    /// <summary>Write the events of a stream, one each.</summary>
    public IReadOnlyList<Action<Utf8JsonWriter>>? Events { get; init; }

    /// <summary>The methods that the path knows, where the request used another.</summary>
    public string? Allow { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static Answer Of(ApiError error) => new() { StatusCode = error.StatusCode, Json = error.Write };

    public static Answer Of(SandboxFault fault)
    {
        ApiError error = ApiError.Of(fault);
        return new Answer { StatusCode = error.StatusCode, Json = error.Write, RetryAfter = fault.RetryAfter };
    }
}
