namespace ChatPS.Api.Chat;

/// <summary>A file, as data or by the id that the service gave it.</summary>
public sealed class InputFile
{
    /// <summary>A <c>data:</c> address with the file in base64.</summary>
    public string? FileData { get; set; }

    /// <summary>The id of an uploaded file.</summary>
    public string? FileId { get; set; }

    /// <summary>The name of the file.</summary>
    public string? Filename { get; set; }
}
