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
