using System.Net.Http.Headers;

namespace ChatPS.Client;

/// <summary>The innermost handler: says who is calling, anew with every attempt.</summary>
internal sealed class AuthHandler(ConnectionSettings connection) : DelegatingHandler
{
    private static readonly ProductInfoHeaderValue Agent = new("ChatPS", typeof(AuthHandler).Assembly.GetName().Version!.ToString(3));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpRequestHeaders headers = request.Headers;
        headers.UserAgent.Clear();
        headers.UserAgent.Add(Agent);

        foreach (KeyValuePair<string, string> header in connection.AdditionalHeader)
        {
            AddUnlessPresent(headers, header.Key, header.Value);
        }

        if (connection.Organization is { Length: > 0 } organization)
        {
            AddUnlessPresent(headers, "OpenAI-Organization", organization);
        }

        if (connection.Project is { Length: > 0 } project)
        {
            AddUnlessPresent(headers, "OpenAI-Project", project);
        }

        if (connection.Key is { } key && headers.Authorization is null)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        }

        return base.SendAsync(request, cancellationToken);
    }

    // What the call itself adds was there first and wins; so does what an earlier attempt left on the request.
    private static void AddUnlessPresent(HttpRequestHeaders headers, string name, string value)
    {
        if (!headers.Contains(name))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
