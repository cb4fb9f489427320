using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>
/// The outermost handler: adds what the user gave a call for its headers and its query, and the query fields that every request of
/// the connection has. What the call adds wins over a header of ours; fields that an endpoint has set itself, such as the place
/// in a list, stay.
/// </summary>
/// <param name="dialect">The connection's dialect, whose query fields they are.</param>
internal sealed class HatchHandler(Dialect dialect) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallContext call = request.GetCall();
        if (call.Settings.AdditionalHeader is { } headers)
        {
            foreach (KeyValuePair<string, string> header in headers)
            {
                SetHeader(request, header.Key, header.Value);
            }
        }

        AddFields(request, call.Settings.AdditionalQuery);
        AddFields(request, dialect.Query(call.Connection));
        return base.SendAsync(request, cancellationToken);
    }

    private static void SetHeader(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryGetValues(name, out _))
        {
            request.Headers.Remove(name);
        }

        if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
        {
            // It describes the body, which has one already.
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void AddFields(HttpRequestMessage request, IReadOnlyDictionary<string, string>? fields)
    {
        if (fields?.Count > 0)
        {
            request.RequestUri = WithFields(request.RequestUri!, fields);
        }
    }

    private static Uri WithFields(Uri address, IReadOnlyDictionary<string, string> fields)
    {
        HashSet<string> present = new(address.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Split('=')[0])), StringComparer.OrdinalIgnoreCase);
        string[] added = [.. fields.Where(field => !present.Contains(field.Key)).Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")];
        return added.Length == 0 ? address : new Uri($"{address.AbsoluteUri}{(address.Query.Length > 0 ? '&' : '?')}{string.Join("&", added)}");
    }
}
