using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families;

/// <summary>How a family of services is spoken to: how its requests are read, and how its errors look.</summary>
internal abstract class Dialect
{
    private static readonly string[] KeyWords = ["Bearer ", "Token "];

    /// <summary>Whether a request is one of this family's.</summary>
    public abstract bool Speaks(HttpRequest http);

    /// <summary>The key that a request brings.</summary>
    public virtual string? ReadKey(HttpRequest http, JsonElement body) =>
        Bearer(http) ?? http.Header("api-key") ?? http.Header("x-api-key") ?? http.Header("x-goog-api-key");

    /// <summary>Whether the key stands in the head of a request: whoever has none there is not asked for more.</summary>
    public virtual bool HasKeyInHead => true;

    /// <summary>The model that a request names.</summary>
    public virtual string? ReadModel(HttpRequest http, JsonElement body) => PromptReader.ReadModel(body);

    /// <summary>What a request asks: the text of its last user message.</summary>
    public virtual string? ReadPrompt(JsonElement body) => PromptReader.Read(body);

    /// <summary>Whether a request asks for a stream.</summary>
    public virtual bool ReadStream(HttpRequest http, JsonElement body) => PromptReader.ReadStream(body);

    /// <summary>A path as the routes name it.</summary>
    public virtual string Normalize(string path) => path;

    /// <summary>Checks what each request must bring, whatever its path.</summary>
    /// <exception cref="ApiException">It does not.</exception>
    public virtual void Check(HttpRequest http)
    {
    }

    /// <summary>The error of a path that leads nowhere.</summary>
    public virtual ApiError UnknownPath(HttpRequest http) => new(404, $"Invalid URL ({http.Method} {http.Path})", ApiError.InvalidRequest, null, null);

    /// <summary>An error as this family words it.</summary>
    public virtual Dictionary<string, object?> ToShape(ApiError error) => error.ToShape();

    public virtual Answer Fail(ApiError error) => Answer.OfJson(ToShape(error)) with { StatusCode = error.StatusCode };

    protected static string? Bearer(HttpRequest http)
    {
        // Some vendors have another word before the key.
        string? authorization = http.Header("Authorization");
        string? word = Array.Find(KeyWords, word => authorization?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true);
        return word is null ? null : authorization!.Substring(word.Length).Trim();
    }
}
