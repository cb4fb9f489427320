using ChatPS.Client.Content;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Makes parts of a chat of what a service made: pictures, sound and files, as files of the same kind would be.</summary>
internal static class MediaContent
{
    /// <summary>Makes a part.</summary>
    /// <param name="item">What was given.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part; null where it is something else.</returns>
    /// <exception cref="ChatServiceException">There is nothing in it, or it cannot be attached.</exception>
    public static ChatContent? Of(object? item, string origin) => MediaInput.Made(item) is not { } media ? null
        : media.Data is { Length: > 0 } data ? MediaFile.Attachment(data, origin)
        : media is { Path: { } path } && (media.Url is null || File.Exists(path)) ? MediaFile.Attachment(path, origin)
        : media is { Kind: "image", Url: { Length: > 0 } url } ? MediaFile.Image(url, detail: null, origin)
        : throw Missing(media, origin);

    /// <summary>Makes a part of a picture.</summary>
    /// <param name="item">What was given.</param>
    /// <param name="detail">See <see cref="ChatContent.Detail"/>.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <returns>The part; null where it is something else.</returns>
    /// <exception cref="ChatServiceException">There is nothing in it, or it is no picture.</exception>
    public static ChatContent? Image(object? item, string? detail, string origin) => MediaInput.Made(item) is not { } media ? null
        : media.Data is { Length: > 0 } data ? MediaFile.Image(data, detail, origin)
        : (media.Path is { } path && (media.Url is null || File.Exists(path)) ? path : media.Url) is { Length: > 0 } source ? MediaFile.Image(source, detail, origin)
        : throw Missing(media, origin);

    private static ChatServiceException Missing(ChatMedia media, string origin) => media.Url is { Length: > 0 }
        ? Failures.Invalid($"{origin}: of the {media.Kind} only the address is known, and services take addresses of pictures only.", "Save it first with Save-ChatMedia, and give what that emits.")
        : Failures.Invalid($"{origin}: the {media.Kind} has neither bytes nor a file nor an address.", media is ChatImage { IsSafe: false } ? "The service kept it back: leave it out." : "Leave it out, or ask for it again.");
}
