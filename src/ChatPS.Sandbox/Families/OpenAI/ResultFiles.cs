using System.Globalization;
using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Films, sounds and pictures at addresses: nothing is kept, since the address says what they show.</summary>
internal static class ResultFiles
{
    public const string Pattern = "/results/{kind}/{name*}";

    /// <summary>Makes the address of a result.</summary>
    /// <param name="call">The request, whose host keeps it.</param>
    /// <param name="kind"><c>image</c>, <c>video</c> or <c>audio</c>.</param>
    /// <param name="task">The task that made it.</param>
    /// <param name="part">Which of its results it is, from 1.</param>
    /// <returns>The address.</returns>
    public static string Address(EndpointCall call, string kind, LongTask task, int part = 1) => Address(
        call, task.HasExpired ? "expired" : kind, string.Format(CultureInfo.InvariantCulture, "{0}{1}-{2}", Uri.EscapeDataString(task.Id), kind == "image" ? "" : "." + kind, part));

    /// <summary>Makes the address of a result of any name.</summary>
    /// <param name="call">The request, whose host keeps it.</param>
    /// <param name="kind"><c>image</c>, <c>video</c> or <c>audio</c>.</param>
    /// <param name="name">The last part of the address.</param>
    /// <returns>The address.</returns>
    public static string Address(EndpointCall call, string kind, string name) => $"http://{call.Exchange.Http.Header("Host") ?? "127.0.0.1"}/v1/results/{kind}/{name}";

    /// <summary>Answers with a result, or the part of it that is asked for.</summary>
    /// <param name="call">The request.</param>
    /// <returns>The bytes.</returns>
    public static Answer Get(EndpointCall call) => call["kind"] switch
    {
        "image" => Download.Of(call, Picture.Of(call["name"], "png", 64, 64), "image/png"),
        "audio" => Download.Of(call, Sound(), "audio/wav"),
        "video" => Download.Of(call, Film(call["name"]), "video/mp4"),
        "expired" => throw new ApiException(ApiError.Standard(403, "The address has expired.")),
        _ => throw new ApiException(ApiError.Standard(404, "There is no such result.")),
    };

    /// <summary>A film, as far as its head goes: what says that it is MP4, and a box with its name.</summary>
    public static byte[] Film(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] head = [0, 0, 0, 20, .. "ftypisom"u8.ToArray(), 0, 0, 2, 0, .. "isom"u8.ToArray()];
        return [.. head, 0, 0, 0, (byte)(8 + text.Length), .. "mdat"u8.ToArray(), .. text];
    }

    private static byte[] Sound() => Wave.Of(new byte[3200]);
}
