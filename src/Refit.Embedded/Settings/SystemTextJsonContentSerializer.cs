using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Refit;

/// <summary>Writes and reads JSON by the contracts of <see cref="JsonSerializerOptions.TypeInfoResolver"/>, never by reflection.</summary>
/// <param name="jsonSerializerOptions">The options; they must carry a resolver for the types in use.</param>
internal sealed class SystemTextJsonContentSerializer(JsonSerializerOptions jsonSerializerOptions) : IHttpContentSerializer
{
    public SystemTextJsonContentSerializer()
        : this(GetDefaultJsonSerializerOptions())
    {
    }

    /// <summary>Options that read names in any case, and write names and enumerations in camel case. A resolver must be added to them.</summary>
    public static JsonSerializerOptions GetDefaultJsonSerializerOptions() => new()
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new ObjectToInferredTypesConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <inheritdoc />
    public HttpContent ToHttpContent<T>(T item)
    {
        byte[] body = item is null
            ? "null"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(item, jsonSerializerOptions.GetTypeInfo(item.GetType()));
        return new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };
    }

    /// <inheritdoc />
    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default)
    {
        JsonTypeInfo<T> type = (JsonTypeInfo<T>)jsonSerializerOptions.GetTypeInfo(typeof(T));
#if NET8_0_OR_GREATER
        using Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        using Stream body = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) =>
        propertyInfo.GetCustomAttribute<JsonPropertyNameAttribute>(inherit: true)?.Name;
}
