using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>Names the endpoint that a service does not have.</summary>
internal static class Endpoint
{
    private static readonly string[] Kept = ["/files/", "/vector_stores/", "/containers/", "/conversations/", "/skills/", "/audio/voices/", "/audio/voice_consents/"];

    /// <summary>Finds the endpoint that was asked.</summary>
    /// <param name="request">The request.</param>
    /// <param name="baseUri">The address that it starts from.</param>
    /// <returns>Its path; null where the path names one thing, which may be what is missing.</returns>
    public static string? Of(HttpRequestMessage? request, Uri baseUri)
    {
        if (request?.RequestUri is not { } asked)
        {
            return null;
        }

        string path = asked.AbsolutePath;
        string root = baseUri.AbsolutePath.TrimEnd('/');
        if (path.StartsWith(root + "/", StringComparison.Ordinal))
        {
            path = path.Substring(root.Length);
        }

        return NamesOneThing(path) ? null : path;
    }

    /// <summary>Finds the endpoint in words such as "Unexpected endpoint or method. (POST /v1/rerank)".</summary>
    /// <param name="text">The words.</param>
    /// <returns>Its path; "such" where the words name none.</returns>
    public static string OfText(string text)
    {
        int start = text.IndexOf(" /", StringComparison.Ordinal);
        return start < 0 ? "such" : text.Substring(start + 1).Split(')', ' ', '\'', '"')[0].TrimEnd('.', ',');
    }

    /// <summary>Says that the service does not have it.</summary>
    /// <param name="message">What the service answered.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>Both.</returns>
    public static string Explain(string message, string endpoint) =>
        $"{message.TrimEnd('.')}. This service has no {endpoint} endpoint.";

    /// <summary>What to do about it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The advice.</returns>
    public static string Advice(string endpoint, ConnectionSettings connection) => endpoint is "/chat/completions" or "/models"
        ? $"Check the address of connection '{connection.Name}': {connection.BaseUri}."
        : $"Name a service that has it with -Connection, or check the address of connection '{connection.Name}': {connection.BaseUri}.";

    // Ids have digits in them, and Google's addresses a colon; endpoints are words. Below what is kept there are ids only, whatever they look like.
    private static bool NamesOneThing(string path)
    {
        if (Array.Exists(Kept, kept => path.StartsWith(kept, StringComparison.Ordinal)))
        {
            return true;
        }

        foreach (char character in path)
        {
            if (character is (>= '0' and <= '9') or ':' or '%')
            {
                return true;
            }
        }

        return false;
    }
}
