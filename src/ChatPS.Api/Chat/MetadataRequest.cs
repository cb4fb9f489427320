using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The body of <c>POST /chat/completions/{id}</c>: all that can be changed of a stored completion.</summary>
public sealed class MetadataRequest : ApiRequest
{
    /// <summary>Up to 16 labels, in place of those that were there.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }
}
