using System.Net.Http.Headers;

namespace Refit;

/// <summary>Sets headers where they belong: on the request or on its body.</summary>
internal static class RequestHeaders
{
    private static readonly char[] LineBreaks = ['\r', '\n'];

    /// <summary>Replaces a header; null removes it. Set the body first.</summary>
    public static void Set(HttpRequestMessage request, string name, string? value)
    {
        // A header of the body needs one; GET and HEAD have none.
        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            request.Content = new ByteArrayContent([]);
        }

        name = RemoveLineBreaks(name);
        Remove(request.Headers, name);
        Remove(request.Content?.Headers, name);
        if (value is null)
        {
            return;
        }

        value = RemoveLineBreaks(value);
        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void Remove(HttpHeaders? headers, string name)
    {
        // Remove throws for a name that belongs to the other collection; TryGetValues does not.
        if (headers is not null && headers.TryGetValues(name, out _))
        {
            headers.Remove(name);
        }
    }

    private static string RemoveLineBreaks(string text) => text.IndexOfAny(LineBreaks) < 0
        ? text
        : string.Concat(text.Split(LineBreaks));
}
