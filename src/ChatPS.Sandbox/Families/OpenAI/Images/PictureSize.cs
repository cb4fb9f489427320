using System.Globalization;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>Sizes of pictures, as requests name them.</summary>
internal static class PictureSize
{
    private const int LargestSide = 3840;
    private const int MostPixels = 3840 * 2160;

    /// <summary>Reads a size such as 1024x768.</summary>
    public static bool TryRead(string size, out int width, out int height)
    {
        string[] sides = size.Split('x');
        width = 0;
        height = 0;
        return sides.Length == 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out width)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out height)
            && width is > 0 and <= LargestSide && height is > 0 and <= LargestSide;
    }

    /// <summary>Reads the size of a request to a model that takes any, within limits.</summary>
    /// <param name="size">The size; null for the model's choice.</param>
    /// <returns>Width and height.</returns>
    /// <exception cref="ApiException">It is none, or outside of the limits.</exception>
    public static (int Width, int Height) Free(string? size)
    {
        if (size is null or "auto")
        {
            return (1024, 1024);
        }

        bool fits = TryRead(size, out int width, out int height)
            && width % 16 == 0 && height % 16 == 0 && width <= 3 * height && height <= 3 * width && width * height <= MostPixels;
        return fits ? (width, height) : throw new ApiException(ApiError.Invalid($"Invalid size '{size}'. Width and height must be divisible by 16, within a ratio of 1:3 to 3:1, and at most 3840x2160 together.", "size", "invalid_value"));
    }
}
