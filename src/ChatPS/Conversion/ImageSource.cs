using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Reads what users give to <c>-Image</c> and <c>-Attachment</c>: paths of PowerShell, files, addresses, the bytes themselves, or what a service made.</summary>
internal static class ImageSource
{
    public static ChatContent Load(PSCmdlet cmdlet, string image, string? detail = null) =>
        MediaFile.Image(IsAddress(image) ? image : cmdlet.GetUnresolvedProviderPathFromPSPath(image), detail, "-Image");

    /// <summary>Loads images.</summary>
    /// <param name="cmdlet">The cmdlet that was given them.</param>
    /// <param name="images">A path, an address, a file, the bytes of an image, a picture that was made, or a list of these.</param>
    /// <param name="detail">See <see cref="ChatContent.Detail"/>.</param>
    /// <returns>The images in their order.</returns>
    /// <exception cref="ChatServiceException">Something is no image; it says what.</exception>
    public static IEnumerable<ChatContent> LoadAll(PSCmdlet cmdlet, object? images, string? detail) => Flatten(images).Select(image => image switch
    {
        byte[] bytes => MediaFile.Image(bytes, detail, "-Image"),
        FileInfo file => MediaFile.Image(file.FullName, detail, "-Image"),
        _ when MediaContent.Image(image, detail, "-Image") is { } made => made,
        _ => Load(cmdlet, Text(image, "-Image"), detail),
    });

    /// <summary>Loads attachments, each of which is what it holds.</summary>
    /// <param name="cmdlet">The cmdlet that was given them.</param>
    /// <param name="attachments">A path, a file, bytes, what a service made, or a list of these.</param>
    /// <returns>The attachments in their order.</returns>
    /// <exception cref="ChatServiceException">Something cannot be attached; it says what.</exception>
    public static IEnumerable<ChatContent> Attach(PSCmdlet cmdlet, object? attachments) => Flatten(attachments).Select(attachment => attachment switch
    {
        byte[] bytes => MediaFile.Attachment(bytes, "-Attachment"),
        FileInfo file => MediaFile.Attachment(file.FullName, "-Attachment"),
        _ when MediaContent.Of(attachment, "-Attachment") is { } made => made,
        _ => MediaFile.Attachment(cmdlet.GetUnresolvedProviderPathFromPSPath(Text(attachment, "-Attachment")), "-Attachment"),
    });

    private static bool IsAddress(string image) =>
        image.Contains("://", StringComparison.Ordinal) || image.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static string Text(object? value, string parameter) => value is string or Uri && value.ToString() is { Length: > 0 } text
        ? text
        : throw Failures.Invalid($"{parameter}: a value of type {value?.GetType().Name ?? "null"} is neither a path nor a file nor bytes, or it is empty.", $"Give {parameter} a path, a file of Get-ChildItem, a byte array, or a picture of New-ChatImage.");

    // An array of bytes is one image, even where PowerShell has put each byte into an object of its own.
    private static IEnumerable<object?> Flatten(object? value)
    {
        object? bare = Bare.Of(value);
        if (bare is not IEnumerable items || bare is string or byte[])
        {
            return bare is null ? [] : [bare];
        }

        object?[] list = [.. items.Cast<object?>().Select(Bare.Of)];
        return list.Length > 0 && Array.TrueForAll(list, item => item is byte) ? [Array.ConvertAll(list, item => (byte)item!)] : list.SelectMany(Flatten);
    }
}
