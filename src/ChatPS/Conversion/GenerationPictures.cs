using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;

namespace ChatPS.Conversion;

/// <summary>Reads what users give as pictures for a task: addresses of the web, and all that is a picture to the commands for pictures.</summary>
internal static class GenerationPictures
{
    /// <summary>Reads them.</summary>
    /// <param name="cmdlet">The cmdlet that was given them.</param>
    /// <param name="value">One, or a list.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <returns>The pictures in their order; at least one.</returns>
    /// <exception cref="ChatServiceException">Something is no picture; it says what.</exception>
    public static IReadOnlyList<GenerationPicture> Read(PSCmdlet cmdlet, object? value, string parameter)
    {
        GenerationPicture[] pictures = [.. Each(cmdlet, value, parameter)];
        return pictures.Length > 0 ? pictures : throw Failures.Invalid($"{parameter} names no picture.", "Give a path, a file, an address, or a picture that was made before.");
    }

    /// <summary>Tells a picture, or another file that is no text, from what may be a prompt.</summary>
    /// <param name="cmdlet">The cmdlet that was given it.</param>
    /// <param name="value">The value, out of its wrapping. The path of a picture that is there is one, too.</param>
    /// <returns>Whether it is one.</returns>
    public static bool IsOne(PSCmdlet cmdlet, object? value) => value switch
    {
        byte[] => true,
        FileInfo file => IsBinary(file),
        string { Length: < 1024 } path when Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) => IsFile(cmdlet, path),
        IEnumerable list and not (string or IDictionary) => list.Cast<object?>().Any(item => IsOne(cmdlet, Bare.Of(item))),
        _ => MediaInput.Made(value) is not null,
    };

    private static string[] Endings => [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    private static bool IsFile(PSCmdlet cmdlet, string path)
    {
        try
        {
            return File.Exists(cmdlet.GetUnresolvedProviderPathFromPSPath(path));
        }
        catch (Exception exception) when (exception is RuntimeException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }

    // A text has no zeros but those of UTF-16, which begins with its mark.
    private static bool IsBinary(FileInfo file)
    {
        try
        {
            byte[] head = new byte[64];
            using FileStream stream = file.OpenRead();
            int read = stream.Read(head, 0, head.Length);
            bool isWide = read > 1 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));
            return Endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) || (!isWide && Array.IndexOf(head, (byte)0, 0, read) >= 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads the text says what is wrong.
            return false;
        }
    }

    private static IEnumerable<GenerationPicture> Each(PSCmdlet cmdlet, object? value, string parameter) => Bare.Of(value) switch
    {
        string text when IsAddress(text) => [GenerationPicture.At(text)],
        Uri { IsAbsoluteUri: true } address when IsAddress(address.OriginalString) => [GenerationPicture.At(address.OriginalString)],
        ChatGeneration task => task.Result.Where(result => result.Kind == "image").SelectMany(result => Each(cmdlet, result, parameter)),
        _ when MediaInput.Made(value) is { Data: null, Path: null, Url: { } url } => [GenerationPicture.At(url)],
        IEnumerable list and not (string or IDictionary or byte[]) => list.Cast<object?>().SelectMany(item => Each(cmdlet, item, parameter)),
        _ => PictureInput.Read(cmdlet, value, parameter).Select(GenerationPicture.Of),
    };

    private static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);
}
