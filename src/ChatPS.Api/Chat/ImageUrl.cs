namespace ChatPS.Api.Chat;

/// <summary>An image, by address or as data.</summary>
public sealed class ImageUrl
{
    /// <summary>An address, or a <c>data:</c> address with the image in base64.</summary>
    public string? Url { get; set; }

    /// <summary>How closely to look: <c>auto</c>, <c>low</c>, <c>high</c>.</summary>
    public string? Detail { get; set; }
}
