using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Anthropic;
using ChatPS.Client.Dialects.Azure;
using ChatPS.Client.Dialects.Envelope;
using ChatPS.Client.Dialects.Gemini;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Providers;

/// <summary>The dialects that there are.</summary>
public static class KnownDialects
{
    /// <summary>Chat completions as OpenAI made them: the dialect of most services.</summary>
    public static readonly Dialect OpenAI = new OpenAIDialect();

    /// <summary>OpenAI's Responses, whose state the service can keep.</summary>
    public static readonly Dialect Responses = new ResponsesDialect();

    /// <summary>Messages as Anthropic made them.</summary>
    public static readonly Dialect Anthropic = new AnthropicDialect();

    /// <summary>Azure OpenAI.</summary>
    public static readonly Dialect AzureOpenAI = new AzureOpenAIDialect();

    /// <summary>Gemini as Google made it.</summary>
    public static readonly Dialect Gemini = new GeminiDialect();

    /// <summary>A reseller's envelope around chat completions, with the key in the body.</summary>
    public static readonly Dialect Envelope = new EnvelopeDialect();

    /// <summary>All of them; a new one is added here.</summary>
    public static readonly IReadOnlyList<Dialect> All = [OpenAI, Responses, AzureOpenAI, Anthropic, Gemini, Envelope];

    /// <summary>Finds a dialect.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="origin">What the name was given to, for the error.</param>
    /// <returns>The dialect.</returns>
    /// <exception cref="ChatServiceException">There is none of that name.</exception>
    public static Dialect Find(string name, string origin) =>
        All.FirstOrDefault(dialect => string.Equals(dialect.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw Failures.Invalid($"{origin}: there is no dialect '{name}'.", $"The dialects are: {string.Join(", ", All.Select(dialect => dialect.Name))}.");
}
