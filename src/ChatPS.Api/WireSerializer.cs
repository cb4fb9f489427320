using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api;

/// <summary>Puts <see cref="WireJson"/> to work for Refit.</summary>
/// <param name="requests">How the requests of a family are written.</param>
/// <param name="answers">How its answers are read.</param>
internal sealed class WireSerializer(JsonSerializerContext requests, JsonSerializerContext answers) : IHttpContentSerializer
{
    public HttpContent ToHttpContent<T>(T item)
    {
        var body = item is null ? new ArraySegment<byte>("null"u8.ToArray()) : WireJson.Write(item, requests);
        return new ByteArrayContent(body.Array!, body.Offset, body.Count)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } },
        };
    }

    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default)
    {
        // How much may come is watched where it comes in; here it is in memory already.
        var body = await BodyReader.ReadAsync(content, long.MaxValue, cancellationToken);
        return WireJson.Read<T>(body, answers);
    }

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => JsonNamingPolicy.SnakeCaseLower.ConvertName(propertyInfo.Name);
}
