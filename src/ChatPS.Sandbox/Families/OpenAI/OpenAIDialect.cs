using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>OpenAI's own API, with <c>/v1</c> before its paths or without.</summary>
internal sealed class OpenAIDialect : Dialect
{
    private OpenAIDialect()
    {
    }

    public static OpenAIDialect Instance { get; } = new();

    public override bool Speaks(HttpRequest http) => true;

    public override string Normalize(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) ? path.Substring("/v1".Length) : path;
}
