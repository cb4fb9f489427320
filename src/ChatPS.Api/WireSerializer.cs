using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using Refit;

namespace ChatPS.Api;

/// <summary>Puts <see cref="WireJson"/> to work for Refit.</summary>
/// <param name="maxResponseBytes">The largest answer that is read.</param>
internal sealed class WireSerializer(long maxResponseBytes = WireSerializer.DefaultMaxResponseBytes) : IHttpContentSerializer
{
    /// <summary>100 MB.</summary>
    public const long DefaultMaxResponseBytes = 100L * 1024 * 1024;

    public HttpContent ToHttpContent<T>(T item)
    {
        var body = item is null ? new ArraySegment<byte>("null"u8.ToArray()) : WireJson.Write(item);
        return new ByteArrayContent(body.Array!, body.Offset, body.Count)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } },
        };
    }

    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default)
    {
        var body = await BodyReader.ReadAsync(content, maxResponseBytes, cancellationToken);
        return WireJson.Read<T>(body);
    }

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => JsonNamingPolicy.SnakeCaseLower.ConvertName(propertyInfo.Name);
}
