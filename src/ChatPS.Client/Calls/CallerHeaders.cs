using ChatPS.Api.Wire;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>Says who is calling, anew with every attempt.</summary>
internal static class CallerHeaders
{
    private static readonly string Agent = "ChatPS/" + typeof(CallerHeaders).Assembly.GetName().Version!.ToString(3);

    /// <summary>Adds the headers of a call's connection, the key among them, to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the wait for a key that has to be got first.</param>
    public static ValueTask AddAsync(HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        ConnectionSettings connection = call.Connection;
        foreach (KeyValuePair<string, string> header in connection.AdditionalHeader)
        {
            AddUnlessPresent(request, header.Key, header.Value);
        }

        if (connection.Organization is { Length: > 0 } organization)
        {
            AddUnlessPresent(request, "OpenAI-Organization", organization);
        }

        if (connection.Project is { Length: > 0 } project)
        {
            AddUnlessPresent(request, "OpenAI-Project", project);
        }

        foreach (KeyValuePair<string, string> header in connection.Dialect.Headers(connection))
        {
            AddUnlessPresent(request, header.Key, header.Value);
        }

        AddUnlessPresent(request, "User-Agent", Agent);
        if (connection.Key is not { } key)
        {
            return default;
        }

        ValueTask<string> value = key.GetAsync(cancellationToken);
        if (!value.IsCompletedSuccessfully)
        {
            return AuthorizeAsync(request, call, value);
        }

        Authorize(request, call, value.Result);
        return default;
    }

    private static async ValueTask AuthorizeAsync(HttpRequestMessage request, CallContext call, ValueTask<string> key) => Authorize(request, call, await key);

    private static void Authorize(HttpRequestMessage request, CallContext call, string key)
    {
        ConnectionSettings connection = call.Connection;
        bool isToken = connection.Key is { IsToken: true };
        if ((isToken ? "Authorization" : connection.KeyHeader ?? connection.Dialect.KeyHeaderFor(key)) is not { } header)
        {
            return;
        }

        if (isToken && connection.Dialect.Offer<ITokenExchange>()?.CallHeader is { } beside)
        {
            AddValue(request, beside);
        }

        string word = "Bearer";
        string Value(string of) => string.Equals(header, "Authorization", StringComparison.OrdinalIgnoreCase) ? word + " " + of : of;
        if (request.Headers.TryGetValues(header, out IEnumerable<string>? present))
        {
            string told = present.First();
            word = told.StartsWith(CallProperty.Token, StringComparison.Ordinal) ? CallProperty.Token : word;

            // An earlier attempt may have left a key that is no longer good; what the call itself adds stays.
            if (told != CallProperty.Token && (call.SentKey is not { } old || old == key || !present.Contains(Value(old), StringComparer.Ordinal)))
            {
                return;
            }

            request.Headers.Remove(header);
        }

        AddUnlessPresent(request, header, Value(key));
        call.SentKey = key;
    }

    // A list of values, to which others may have added theirs.
    private static void AddValue(HttpRequestMessage request, KeyValuePair<string, string> header)
    {
        if (!request.Headers.TryGetValues(header.Key, out IEnumerable<string>? present) || !present.Any(value => value.Contains(header.Value, StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    // What the call itself adds was there first and wins; so does what an earlier attempt left on the request.
    private static void AddUnlessPresent(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryGetValues(name, out _) && !request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
        {
            // It describes the body, which has one already.
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
