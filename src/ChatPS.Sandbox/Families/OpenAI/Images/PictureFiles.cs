using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>Pictures at addresses: nothing is kept, since the address says what the picture shows.</summary>
internal static class PictureFiles
{
    public const string Pattern = "/pictures/{size}/{name*}";

    private const string Ending = ".png";

    /// <summary>Makes the address of a picture.</summary>
    /// <param name="call">The request, whose host keeps it.</param>
    /// <param name="prompt">What it shows.</param>
    /// <param name="width">How many pixels wide it is.</param>
    /// <param name="height">How many pixels high it is.</param>
    /// <returns>The address.</returns>
    public static string Address(EndpointCall call, string prompt, int width, int height)
    {
        string host = call.Exchange.Http.Header("Host") ?? "127.0.0.1";
        string name = prompt.Length > 100 ? prompt.Substring(0, 100) : prompt;
        return string.Format(CultureInfo.InvariantCulture, "http://{0}/v1/pictures/{1}x{2}/{3}{4}", host, width, height, Uri.EscapeDataString(name), Ending);
    }

    /// <summary>Answers with a picture, or the part of it that is asked for.</summary>
    /// <param name="call">The request.</param>
    /// <returns>The bytes.</returns>
    public static Answer Get(EndpointCall call)
    {
        string name = call["name"];
        if (!PictureSize.TryRead(call["size"], out int width, out int height) || !name.EndsWith(Ending, StringComparison.Ordinal))
        {
            throw new ApiException(ApiError.Standard(404, "There is no such picture."));
        }

        return Download.Of(call, Picture.Of(name.Substring(0, name.Length - Ending.Length), "png", width, height), "image/png");
    }
}
