using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Providers;

/// <summary>Reads files that describe providers.</summary>
internal static class ProviderFile
{
    private static readonly string[] Known =
        ["description", "baseUri", "addressVariable", "dialect", "keyVariables", "keyHeader", "hosts", "isLocal", "needsBaseUri", "tellsRetirement", "unsupported", "reasoning"];

    /// <summary>Reads a description.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="path">The path of the file, for errors.</param>
    /// <param name="source">What the providers name as their source.</param>
    /// <returns>The providers in the order of the file.</returns>
    /// <exception cref="ChatServiceException">Something is wrong; it says what, in which file and entry.</exception>
    public static IReadOnlyList<Provider> Read(string json, string path, string? source)
    {
        if (!PlainJsonReader.TryRead(json, out object? value, out string? error))
        {
            throw Wrong(path, error!);
        }

        List<Provider> providers = [];
        foreach (KeyValuePair<string, object?> entry in value as IReadOnlyDictionary<string, object?> ?? throw Wrong(path, "it is no object that has a member for each provider."))
        {
            if (providers.Exists(other => string.Equals(other.Name, entry.Key, StringComparison.OrdinalIgnoreCase)))
            {
                throw Wrong(path, $"the provider '{entry.Key}' is there twice.");
            }

            providers.Add(ReadEntry(entry.Key, entry.Value as IReadOnlyDictionary<string, object?> ?? throw Wrong(path, $"the provider '{entry.Key}' is no object."), path, source));
        }

        return providers;
    }

    private static Provider ReadEntry(string name, IReadOnlyDictionary<string, object?> entry, string path, string? source)
    {
        string where = $"the provider '{name}'";
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Wrong(path, "a provider has no name.");
        }

        if (entry.Keys.FirstOrDefault(key => !Known.Contains(key, StringComparer.Ordinal)) is { } unknown)
        {
            throw Wrong(path, $"{where} has a member '{unknown}', which means nothing.", $"The members are: {string.Join(", ", Known)}.");
        }

        Provider provider = new()
        {
            Name = name,
            Description = Text("description"),
            BaseUri = Text("baseUri") is { } address ? Address(address) : null,
            AddressVariable = Text("addressVariable"),
            Dialect = Text("dialect") ?? "OpenAI",
            KeyVariables = Texts("keyVariables"),
            KeyHeader = Text("keyHeader"),
            Hosts = Texts("hosts"),
            IsLocal = Flag("isLocal"),
            NeedsBaseUri = Flag("needsBaseUri"),
            TellsRetirement = Flag("tellsRetirement"),
            Unsupported = Texts("unsupported"),
            Reasoning = Text("reasoning") switch
            {
                null or "effort" => ReasoningForm.Effort,
                "object" => ReasoningForm.Object,
                "thinking" => ReasoningForm.Thinking,
                _ => throw Bad("reasoning", "one of effort, object and thinking"),
            },
            Source = source,
        };
        return provider.BaseUri is not null || provider.NeedsBaseUri
            ? provider
            : throw Wrong(path, $"{where} has no baseUri.", "Give it one, or set needsBaseUri to true if users are to give it.");

        ChatServiceException Bad(string member, string what) => Wrong(path, $"{where}: {member} is not {what}.");

        string? Text(string member) => !entry.TryGetValue(member, out object? value) || value is null ? null : value as string ?? throw Bad(member, "text");

        bool Flag(string member) => entry.TryGetValue(member, out object? value) && value is not null && (value as bool? ?? throw Bad(member, "true or false"));

        IReadOnlyList<string> Texts(string member) => !entry.TryGetValue(member, out object? value) || value is null
            ? []
            : [.. (value as IReadOnlyList<object?> ?? throw Bad(member, "a list")).Select(item => item as string ?? throw Bad(member, "a list of texts"))];

        Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }
            ? new Uri(uri.AbsoluteUri.TrimEnd('/'))
            : throw Bad("baseUri", "an HTTP address like https://api.example.com/v1");
    }

    private static ChatServiceException Wrong(string path, string what, string? advice = null) =>
        Failures.Invalid($"The file of providers '{path}' cannot be used: {what}", advice ?? "Correct the file, or remove it; see the page on connections.");
}
