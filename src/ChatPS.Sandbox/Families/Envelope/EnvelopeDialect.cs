using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.Envelope;

/// <summary>A reseller that takes the key in the body and options under <c>params</c>, and wraps its answers: HTTP says 200 whatever went wrong.</summary>
internal sealed class EnvelopeDialect : Dialect
{
    /// <summary>The one path that there is, behind any other.</summary>
    public const string Path = "/createChatCompletion";

    private EnvelopeDialect()
    {
    }

    public static EnvelopeDialect Instance { get; } = new();

    public override bool Speaks(HttpRequest http) => http.Path.EndsWith(Path, StringComparison.Ordinal);

    public override bool HasKeyInHead => false;

    public override string? ReadKey(HttpRequest http, JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;

    public override string Normalize(string path) => Path;

    public override Answer Fail(ApiError error) => base.Fail(error) with { StatusCode = 200 };

    public override Dictionary<string, object?> ToShape(ApiError error) => Shape.Of(("code", error.StatusCode), ("message", error.Message));
}
