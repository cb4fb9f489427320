using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Decisions;

/// <summary>The forms in which services are asked.</summary>
internal static class DecisionForms
{
    /// <summary>The name that stands for a chat model in place of an endpoint for decisions.</summary>
    public const string Chat = nameof(Chat);

    public static readonly DecisionForm OpenAI = new OpenAIForm();

    public static readonly DecisionForm SystemOne = new SystemOneForm();

    public static readonly DecisionForm Gemini = new GeminiForm();

    public static readonly DecisionForm SGLang = new SGLangForm();

    public static readonly DecisionForm Cloudflare = new CloudflareForm();

    /// <summary>Gets the forms to choose from.</summary>
    public static IReadOnlyList<DecisionForm> All { get; } = [OpenAI, SystemOne, Gemini, SGLang, Cloudflare];

    /// <summary>Finds a form.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The form; null for <see cref="Chat"/>.</returns>
    /// <exception cref="ChatServiceException">There is none of that name.</exception>
    public static DecisionForm? Find(string name) => name.Equals(Chat, StringComparison.OrdinalIgnoreCase) ? null
        : All.FirstOrDefault(form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Failures.Invalid($"-Form is '{name}'; there is no such form.", $"Give one of {string.Join(", ", DecisionService.Forms)}, or leave -Form out for that of the service.");

    /// <summary>Finds the form that a service is asked in first.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The form; null where services of the dialect have no decisions.</returns>
    public static DecisionForm? First(ConnectionSettings connection) => connection.Dialect.Offer<DecisionForm>()
        ?? (connection.Dialect.Offer<DecisionSearch>() is null ? null : KnownHosts.DecisionFormOf(connection) is { } name ? Find(name) : OpenAI);
}
