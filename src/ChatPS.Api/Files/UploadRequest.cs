using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>Begins an upload in parts.</summary>
public sealed class UploadRequest : ApiRequest
{
    /// <summary>How many bytes the file has.</summary>
    public long Bytes { get; set; }

    /// <summary>Its name.</summary>
    public string Filename { get; set; } = "";

    /// <summary>What it holds.</summary>
    public string MimeType { get; set; } = "";

    /// <summary>What it is for.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>How long it lives; null for the service's own choice.</summary>
    public FileExpiry? ExpiresAfter { get; set; }
}
