using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Images;

namespace ChatPS.Conversion;

/// <summary>Reads what users give as pictures to edit: paths of PowerShell, files, bytes, and pictures that were made before.</summary>
internal static class PictureInput
{
    /// <summary>Reads them.</summary>
    /// <param name="cmdlet">The cmdlet that was given them.</param>
    /// <param name="value">One, or a list.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <returns>The pictures in their order; at least one.</returns>
    /// <exception cref="ChatServiceException">Something is no picture; it says what.</exception>
    public static IReadOnlyList<ImageFile> Read(PSCmdlet cmdlet, object? value, string parameter)
    {
        List<ImageFile> images = [];
        Add(cmdlet, value, parameter, images);
        return images.Count > 0 ? images : throw Failures.Invalid($"{parameter} names no picture.", "Give a path, a file, or a picture that was made before.");
    }

    private static void Add(PSCmdlet cmdlet, object? value, string parameter, List<ImageFile> images)
    {
        switch (Bare.Of(value))
        {
            case var made when MediaInput.Made(made) is { } media:
                images.Add(Of(media, parameter));
                break;
            case FileInfo file:
                images.Add(ImageFile.Open(file.FullName, parameter));
                break;
            case byte[] data:
                images.Add(ImageFile.Of(data, parameter));
                break;
            case string { Length: > 0 } path:
                images.Add(ImageFile.Open(cmdlet.GetUnresolvedProviderPathFromPSPath(path), parameter));
                break;
            case IEnumerable list and not (string or IDictionary):
                foreach (object? item in list)
                {
                    Add(cmdlet, item, parameter, images);
                }

                break;
            case var other:
                throw Failures.Invalid($"{parameter}: a value of type {other?.GetType().Name ?? "null"} is no picture.", $"Give {parameter} a path, a file of Get-ChildItem, bytes, or a picture of New-ChatImage.");
        }
    }

    private static ImageFile Of(ChatMedia media, string parameter) =>
        media.Path is { } path ? ImageFile.Open(path, parameter)
        : media.Data is { } data ? ImageFile.Of(data, parameter)
        : media.Url is null ? throw Failures.Invalid($"{parameter}: the {media.Kind} has neither bytes nor a file nor an address.", "Leave it out, or ask for it again.")
        : throw Failures.Invalid($"{parameter}: of the picture only the address is known.", "Save it first, with -OutDirectory of the command that made it, or with Save-ChatImage.");
}
