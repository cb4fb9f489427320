using System.Text;

namespace Refit;

/// <summary>The path and query of a request, written from left to right.</summary>
internal sealed class RequestTarget(string prefix)
{
    private readonly StringBuilder _text = new(prefix);
    private bool _hasQuery;

    /// <summary>Appends a part of the route as it stands.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Appends a value that fills a placeholder, escaped.</summary>
    public void AppendValue(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append(Uri.EscapeDataString(value!));
        }
    }

    /// <summary>Begins a pair of the query; its key is escaped already, its value follows.</summary>
    public void BeginPair(string key)
    {
        _text.Append(_hasQuery ? '&' : '?').Append(key).Append('=');
        _hasQuery = true;
    }

    /// <summary>Appends a pair to the query; without a value there is none.</summary>
    public void AppendPair(string key, string? value)
    {
        if (value is not null)
        {
            BeginPair(Uri.EscapeDataString(key));
            AppendValue(value);
        }
    }

    /// <summary>The whole address.</summary>
    public Uri ToUri(UriFormat format)
    {
        Uri uri = new(_text.ToString(), UriKind.Absolute);
        return format == UriFormat.UriEscaped
            ? uri
            : new Uri(uri.GetComponents(UriComponents.PathAndQuery, format), UriKind.Relative);
    }
}
