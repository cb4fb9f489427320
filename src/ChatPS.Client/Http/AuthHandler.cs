using System.Net.Http.Headers;

namespace ChatPS.Client;

/// <summary>The innermost handler: says who is calling, anew with every attempt.</summary>
internal sealed class AuthHandler(ConnectionSettings connection) : DelegatingHandler
{
    private static readonly ProductInfoHeaderValue Agent = new("ChatPS", typeof(AuthHandler).Assembly.GetName().Version!.ToString(3));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpRequestHeaders headers = request.Headers;
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

        foreach (KeyValuePair<string, string> header in connection.Dialect.Headers)
        {
            AddUnlessPresent(request, header.Key, header.Value);
        }

        if (connection.Key is { } key)
        {
            Authorize(request, await key.GetAsync(cancellationToken));
        }

        if (headers.UserAgent.Count == 0)
        {
            headers.UserAgent.Add(Agent);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private void Authorize(HttpRequestMessage request, string key)
    {
        if ((connection.KeyHeader ?? connection.Dialect.KeyHeaderFor(key)) is not { } header)
        {
            return;
        }

        CallContext call = request.GetCall();
        string Value(string of) => string.Equals(header, "Authorization", StringComparison.OrdinalIgnoreCase) ? "Bearer " + of : of;
        if (request.Headers.TryGetValues(header, out IEnumerable<string>? present))
        {
            // An earlier attempt may have left a key that is no longer good; what the call itself adds stays.
            if (call.SentKey is not { } old || old == key || !present.Contains(Value(old), StringComparer.Ordinal))
            {
                return;
            }

            request.Headers.Remove(header);
        }

        AddUnlessPresent(request, header, Value(key));
        call.SentKey = key;
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
