using System.Globalization;

namespace Refit;

/// <summary>
/// Builds one request. Generated code calls it in this order: path, query, body or parts, headers, properties.
/// </summary>
internal sealed class RequestBuilder
{
    private readonly RequestTarget _target;

    public RequestBuilder(RestClient client, RestMethodInfo method, HttpMethod verb)
    {
        Client = client;
        _target = new RequestTarget(client.GetPrefix());
        Message = new HttpRequestMessage(verb, (Uri?)null);
#if NET8_0_OR_GREATER
        Message.Version = client.Settings.Version;
        Message.VersionPolicy = client.Settings.VersionPolicy;
#endif
        if (client.Settings.HttpRequestMessageOptions is { } options)
        {
            foreach (KeyValuePair<string, object> option in options)
            {
                Property(option.Key, option.Value);
            }
        }

        Property(HttpRequestMessageOptions.InterfaceType, client.InterfaceType);
        Property(HttpRequestMessageOptions.RestMethodInfo, method);
    }

    /// <summary>What sends it.</summary>
    public RestClient Client { get; }

    /// <summary>Whether the body is to be in memory before it is sent.</summary>
    public bool Buffered { get; private set; }

    /// <summary>How the address is escaped.</summary>
    public UriFormat UriFormat { get; set; } = UriFormat.UriEscaped;

    private HttpRequestMessage Message { get; }

    private RefitSettings Settings => Client.Settings;

    /// <summary>Appends a part of the route as it stands.</summary>
    public void Path(string literal) => _target.AppendLiteral(literal);

    /// <summary>Appends the value of a placeholder.</summary>
    public void PathValue(object? value, ParameterAttributes attributes, Type type) => _target.AppendValue(Format(value, attributes, type));

    /// <summary>Appends the value of a placeholder that may hold slashes.</summary>
    public void PathSegments(string? value, ParameterAttributes attributes)
    {
        string[] segments = (value ?? "").Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            if (i > 0)
            {
                _target.AppendLiteral("/");
            }

            _target.AppendValue(Format(segments[i], attributes, typeof(string)));
        }
    }

    /// <summary>Begins a pair of the route's own query; its value follows as parts of the path.</summary>
    public void QueryPair(string escapedKey) => _target.BeginPair(escapedKey);

    /// <summary>The key of a property that has no alias.</summary>
    public string QueryKey(string propertyName) => Settings.UrlParameterKeyFormatter.Format(propertyName);

    /// <summary>Adds a pair; null adds none.</summary>
    public void Query(string key, object? value, ParameterAttributes attributes, Type type)
    {
        if (value is not null)
        {
            _target.AppendPair(key, Format(value, attributes, type));
        }
    }

    /// <summary>Adds the value of a property that has a format of its own.</summary>
    public void QueryFormatted(string key, object? value, string format, ParameterAttributes attributes, Type type)
    {
        if (value is not null)
        {
            Query(key, Settings.FormUrlEncodedParameterFormatter.Format(value, format), attributes, type);
        }
    }

    /// <summary>Adds a collection; null adds nothing.</summary>
    public void QueryCollection<T>(string key, IEnumerable<T>? items, CollectionFormat? format, ParameterAttributes attributes, Type type)
    {
        if (items is not null)
        {
            foreach (string? text in CollectionText.Format(items, format ?? Settings.CollectionFormat, item => Format(item, attributes, type)))
            {
                _target.AppendPair(key, text);
            }
        }
    }

    /// <summary>Adds each entry of a dictionary that has a key and a value.</summary>
    public void QueryMap<TKey, TValue>(string keyPrefix, IEnumerable<KeyValuePair<TKey, TValue>>? entries, ParameterAttributes attributes, Type type)
    {
        if (entries is not null)
        {
            foreach (KeyValuePair<TKey, TValue> entry in entries)
            {
                string? key = Format(entry.Key, ParameterAttributes.None, typeof(TKey));
                if (!string.IsNullOrWhiteSpace(key))
                {
                    Query(keyPrefix + key, entry.Value, attributes, type);
                }
            }
        }
    }

    /// <summary>Sets the body.</summary>
    /// <param name="value">The body.</param>
    /// <param name="method">How it is written.</param>
    /// <param name="buffered">Whether it is in memory before it is sent; null leaves it to the settings.</param>
    public void Body(object? value, BodySerializationMethod method, bool? buffered)
    {
        Buffered = buffered ?? Settings.Buffered;
        Message.Content = RequestBodies.Create(value, method, Buffered, Settings);
    }

    /// <summary>Begins a form body.</summary>
    public FormBuilder Form() => new(Settings);

    /// <summary>Sets a body that is ready.</summary>
    public void Body(HttpContent content) => Message.Content = content;

    /// <summary>Begins a multipart body.</summary>
    public void Multipart(string boundary) => Message.Content = new MultipartFormDataContent(boundary);

    /// <summary>Adds the parts that one parameter makes.</summary>
    public void Part(string name, object? value) => RequestBodies.AddParts((MultipartFormDataContent)Message.Content!, name, value, Settings);

    /// <summary>Replaces a header; null removes it.</summary>
    public void Header(string name, object? value) =>
        RequestHeaders.Set(Message, name, value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture));

    /// <summary>Removes a header.</summary>
    public void RemoveHeader(string name) => RequestHeaders.Set(Message, name, value: null);

    /// <summary>Replaces headers.</summary>
    public void Headers(IEnumerable<KeyValuePair<string, string>>? headers)
    {
        if (headers is not null)
        {
            foreach (KeyValuePair<string, string> header in headers)
            {
                RequestHeaders.Set(Message, header.Key, header.Value);
            }
        }
    }

    /// <summary>Sets an option of the request message.</summary>
    public void Property(string key, object? value)
    {
#if NET8_0_OR_GREATER
        Message.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
#else
        Message.Properties[key] = value;
#endif
    }

    /// <summary>Finishes the request.</summary>
    public HttpRequestMessage ToMessage()
    {
        Message.RequestUri = _target.ToUri(UriFormat);
        return Message;
    }

    private string? Format(object? value, ParameterAttributes attributes, Type type) => Settings.UrlParameterFormatter.Format(value, attributes, type);
}
