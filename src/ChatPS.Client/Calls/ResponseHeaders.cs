using System.Net.Http.Headers;

namespace ChatPS.Client.Calls;

internal static class ResponseHeaders
{
    private static readonly string[] RequestIdNames = ["x-request-id", "request-id", "x-oneapi-request-id", "apim-request-id", "cf-ray"];

    public static string? RequestId(HttpResponseHeaders? headers)
    {
        foreach (string name in RequestIdNames)
        {
            if (headers is not null && headers.TryGetValues(name, out IEnumerable<string>? values))
            {
                return values.FirstOrDefault();
            }
        }

        return null;
    }
}
