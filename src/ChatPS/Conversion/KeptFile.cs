namespace ChatPS.Conversion;

/// <summary>A file that a service keeps, as part of a chat: the service finds it by its id.</summary>
internal static class KeptFile
{
    /// <summary>Makes the part.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The part.</returns>
    public static ChatContent Of(ChatFile file) => file.Uri is { Length: > 0 } address
        ? new ChatContent { Type = "file", FileId = address, FileName = file.FileName }
        : new ChatContent { Type = "file", FileId = file.Id };
}
