using System.Net;
using System.Net.Sockets;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Discovery;

/// <summary>
/// Looks for servers on this machine that speak as OpenAI does. Only the loopback addresses are asked, without a key and
/// without a proxy. A server that lists no models gets one request; one that does is asked what it is.
/// </summary>
public static class LocalServiceFinder
{
    private const int MostBytes = 8 * 1024 * 1024;

    private static readonly IReadOnlyDictionary<int, string> Usual = new SortedDictionary<int, string>
    {
        [1234] = "LMStudio",
        [1337] = "Jan",
        [5000] = "TextGenerationWebUI",
        [5001] = "KoboldCpp",
        [5272] = "FoundryLocal",
        [5273] = "FoundryLocal",
        [8000] = "VLLM",
        [8080] = "LlamaCpp",
        [11434] = "Ollama",
    };

    private static readonly IPAddress[] Hosts = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>The ports that such servers usually listen at.</summary>
    public static IEnumerable<int> UsualPorts => Usual.Keys;

    /// <summary>Looks for servers, at all ports at the same time.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="timeout">How long each question may take.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>What was found, in the order of the ports.</returns>
    /// <exception cref="ChatServiceException">A port or the time cannot be used.</exception>
    public static async Task<IReadOnlyList<ChatLocalService>> FindAsync(IEnumerable<int> ports, TimeSpan timeout, CancellationToken cancellationToken)
    {
        int[] all = [.. ports.Distinct().OrderBy(port => port)];
        ParameterRules.Timeout(timeout);
        if (all.Any(port => port is < 1 or > 65535))
        {
            throw Failures.Invalid(FormattableString.Invariant($"-Port is {all.First(port => port is < 1 or > 65535)}; it must lie between 1 and 65535."), "Give -Port the number of a port.");
        }

        using HttpClient client = new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
        ChatLocalService?[] found = await Task.WhenAll(all.Select(port => FindAsync(client, port, timeout, cancellationToken)));
        return [.. found.OfType<ChatLocalService>()];
    }

    private static async Task<ChatLocalService?> FindAsync(HttpClient client, int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Most servers listen at both addresses, and are one.
        ChatLocalService?[] found = await Task.WhenAll(Hosts.Select(host => FindAsync(client, host, port, timeout, cancellationToken)));
        return Array.Find(found, service => service is not null);
    }

    private static async Task<ChatLocalService?> FindAsync(HttpClient client, IPAddress host, int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Uri root = new(FormattableString.Invariant($"http://{(host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host.ToString())}:{port}/"));
        Answer? models = await AskAsync(client, new Uri(root, "/v1/models"), timeout, cancellationToken);
        bool needsKey = models is { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden };
        string[]? names = needsKey ? [] : ModelsOf(models?.Json);
        if (names is null)
        {
            return null;
        }

        Answer?[] answers = await Task.WhenAll(ServerSign.All.Select(sign => AskAsync(client, new Uri(root, sign.Path), timeout, cancellationToken)));
        (ServerSign Sign, Answer Answer) match = ServerSign.All.Zip(answers, (sign, answer) => (sign, answer!)).FirstOrDefault(pair => pair.Item2?.Json is { } json && pair.sign.IsAnswer(json));
        string usual = Usual.TryGetValue(port, out string? name) ? name : Provider.Custom;

        // Who asks for a key everywhere tells nothing of itself, and may be no such server at all.
        if (needsKey && match.Sign is null && usual == Provider.Custom)
        {
            return null;
        }

        string provider = match.Sign?.Provider ?? (usual is "Jan" ? usual : Provider.Custom);
        return new ChatLocalService
        {
            Name = provider == usual && provider != Provider.Custom ? provider : FormattableString.Invariant($"{provider}-{port}"),
            Provider = provider,
            BaseUri = new Uri(root, "/v1"),
            Version = match.Sign?.Version(match.Answer.Json!),
            NeedsKey = needsKey,
            Models = names,
        };
    }

    private static string[]? ModelsOf(IReadOnlyDictionary<string, object?>? json)
    {
        if (json is null || !json.TryGetValue("data", out object? data))
        {
            return null;
        }

        // An Ollama without a model says null.
        return data is null && json.TryGetValue("object", out object? kind) && kind as string == "list" ? []
            : data is IReadOnlyList<object?> list && list.All(item => IdOf(item) is not null) ? [.. list.Select(item => IdOf(item)!)]
            : null;
    }

    private static string? IdOf(object? item) => item is IReadOnlyDictionary<string, object?> model && model.TryGetValue("id", out object? id) ? id as string : null;

    private static async Task<Answer?> AskAsync(HttpClient client, Uri address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                return new Answer(response.StatusCode, null);
            }

            string body = await BodyReader.ReadAsync(response.Content, MostBytes, limit.Token);
            return new Answer(response.StatusCode, PlainJsonReader.TryRead(body, out object? value, out _) ? value as IReadOnlyDictionary<string, object?> : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or WireFormatException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, object?>? Json);
}
