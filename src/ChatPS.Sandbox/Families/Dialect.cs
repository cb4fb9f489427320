using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families;

/// <summary>A family of services that the sandbox plays: how its requests are read, where they go, how its errors look.</summary>
internal abstract class Dialect
{
    /// <summary>Whether a request is one of this family's.</summary>
    public abstract bool Speaks(HttpRequest http);

    /// <summary>The key that a request brings.</summary>
    public virtual string? ReadKey(HttpRequest http, JsonElement body) =>
        Bearer(http) ?? http.Header("api-key") ?? http.Header("x-api-key") ?? http.Header("x-goog-api-key");

    /// <summary>The model that a request names.</summary>
    public virtual string? ReadModel(HttpRequest http, JsonElement body) => PromptReader.ReadModel(body);

    /// <summary>What a request asks: the text of its last user message.</summary>
    public virtual string? ReadPrompt(JsonElement body) => PromptReader.Read(body);

    /// <summary>Whether a request asks for a stream.</summary>
    public virtual bool ReadStream(HttpRequest http, JsonElement body) => PromptReader.ReadStream(body);

    /// <summary>Whether a path is answered by a model, so that a rule can set the text of the answer.</summary>
    public abstract bool IsCompletion(string path);

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="text">The text that a rule wants as the answer.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ApiException">The request is refused.</exception>
    public abstract Answer Handle(Exchange exchange, string? text);

    /// <summary>Writes an error as this family words it.</summary>
    public virtual void WriteError(Utf8JsonWriter json, ApiError error) => error.Write(json);

    public virtual Answer Fail(ApiError error) => new() { StatusCode = error.StatusCode, Json = json => WriteError(json, error) };

    public Answer Fail(SandboxFault fault) => Fail(ApiError.Of(fault)) with { StatusCode = fault.StatusCode, RetryAfter = fault.RetryAfter };

    protected static string? Bearer(HttpRequest http)
    {
        string? authorization = http.Header("Authorization");
        return authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? authorization.Substring("Bearer ".Length).Trim() : null;
    }

    /// <summary>An answer to a method that the path does not know; null where it knows it.</summary>
    protected Answer? Allows(Exchange exchange, params string[] methods)
    {
        string method = exchange.Record.Method;
        return methods.Contains(method, StringComparer.Ordinal) ? null : Fail(new ApiError(
            405, $"Not allowed to {method} on {exchange.Record.Path} (HINT: Perhaps you meant to use a different HTTP method?)", "invalid_request_error", null, "method_not_supported")) with { Allow = string.Join(", ", methods) };
    }

    protected Answer InvalidUrl(Exchange exchange) =>
        Fail(new ApiError(404, $"Invalid URL ({exchange.Record.Method} {exchange.Record.Path})", "invalid_request_error", null, null));
}
