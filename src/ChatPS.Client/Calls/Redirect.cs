namespace ChatPS.Client.Calls;

/// <summary>
/// Where an answer sends the request on to. It is followed within the same origin only: the same scheme, host and port. A key
/// never goes anywhere else, and a method or a body is never changed.
/// </summary>
internal static class Redirect
{
    /// <summary>More than any service needs; fewer than a loop makes.</summary>
    public const int MostHops = 5;

    /// <summary>Finds the address to go on to.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">Its answer.</param>
    /// <returns>The address; null where there is none, or none that may be followed.</returns>
    public static Uri? Next(HttpRequestMessage request, HttpResponseMessage response) =>
        Keeps(request.Method, (int)response.StatusCode)
        && Location(response.Headers, request.RequestUri!) is { } target
        && IsSameOrigin(request.RequestUri!, target)
            ? target
            : null;

    /// <summary>Reads the address that an answer names.</summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="from">The address that a relative one starts from.</param>
    /// <returns>The absolute address, or null.</returns>
    public static Uri? Location(System.Net.Http.Headers.HttpResponseHeaders headers, Uri from) =>
        headers.TryGetValues("Location", out IEnumerable<string>? values) && Uri.TryCreate(from, values.First(), out Uri? target) ? target : null;

    private static bool Keeps(HttpMethod method, int status) => status is 307 or 308 || (status is 301 or 302 or 303 && method == HttpMethod.Get);

    private static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && other.UserInfo.Length == 0 && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
