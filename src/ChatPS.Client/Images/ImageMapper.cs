using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Images;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Json;
using ChatPS.Client.Media;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Images;

/// <summary>Between the pictures that users see and those on the wire.</summary>
internal static class ImageMapper
{
    // A longer text without a blank in it, that is no address, is bytes.
    private const int LongestWord = 512;

    /// <summary>Makes a request in OpenAI's form.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The body.</returns>
    public static ImageGenerationRequest ToWire(ImageRequest request, string model, CallSettings settings) => new()
    {
        AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
        Prompt = request.Prompt,
        Model = model,
        N = request.N,
        Size = request.Size,
        AspectRatio = request.AspectRatio,
        Quality = request.Quality,
        Background = request.Background,
        OutputFormat = request.OutputFormat,
        OutputCompression = request.OutputCompression,
        Moderation = request.Moderation,
        ResponseFormat = request.ResponseFormat,
        Style = request.Style,
        NegativePrompt = request.NegativePrompt,
        Seed = request.Seed,
        NumInferenceSteps = request.Steps,
        GuidanceScale = request.Guidance,
        Complexity = request.Complexity,
        FrameCount = request.FrameCount,
        FrameDurationMs = request.FrameDurationMs,
        InputFidelity = request.InputFidelity,
        User = request.User,
        SafetyIdentifier = request.SafetyIdentifier,
        Stream = request.Stream ? true : null,
        PartialImages = request.PartialImage,
    };

    /// <summary>Makes a form of a body, for services that take the same fields so.</summary>
    /// <param name="body">The body.</param>
    /// <param name="call">The call.</param>
    /// <param name="files">The pictures that go along, each with its field.</param>
    /// <returns>The form, whose files are read as they are sent.</returns>
    public static HttpContent ToForm(object body, CallContext call, params (string Field, ImageFile File)[] files)
    {
        using JsonDocument fields = JsonDocument.Parse(WireJson.Write(body, ImagesJsonContext.Default));
        return Upload.Form(
            [.. fields.RootElement.EnumerateObject().Select(member => new KeyValuePair<string, string>(member.Name, JsonText.Read(member.Value) ?? ""))],
            [.. files.Select(file => (file.Field, file.File.FormName, file.File.Body(call.Settings.Watch)))]);
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="call">The call.</param>
    /// <returns>The pictures; places of the list that hold nothing are left out.</returns>
    /// <exception cref="WireFormatException">There is no picture in it.</exception>
    public static IReadOnlyList<ChatImage> FromWire(ImageResponse response, ImageRequest request, CallContext call)
    {
        List<ChatImage> images = [];
        ImageData[] data = [.. (response.Data ?? response.Images ?? []).Where(item => item is { } some && HoldsPicture(some)).Select(item => item!)];
        if (data.Length == 0)
        {
            throw WireFormatException.NoAnswer("The answer holds no picture.", WithoutData(response.Raw));
        }

        ChatUsage? usage = Usage(response.Usage);
        decimal? cost = call.Succeed(response.Model, usage, Units(data.Length));
        string raw = Redactor.Redact(WithoutData(response.Raw), call.Secrets);
        foreach (ImageData item in data)
        {
            bool isFirst = images.Count == 0;
            byte[]? bytes = BytesOf(item, response.Raw);
            (int Width, int Height)? size = SizeOf(bytes, item.Resolution ?? response.Size);
            images.Add(new ChatImage
            {
                Url = bytes is null && item.Url is { Length: > 0 } url ? Redactor.Redact(url, call.Secrets) : null,
                Data = bytes,
                MediaType = bytes is null ? null : FileKind.Of(bytes)!.MediaType,
                Size = bytes?.LongLength,
                Width = size?.Width,
                Height = size?.Height,
                Prompt = request.Prompt,
                RevisedPrompt = Redactor.RedactOptional(item.RevisedPrompt ?? (item.Prompt != request.Prompt ? item.Prompt : null), call.Secrets),
                Seed = Number(item.Seed) ?? Number(response.Seed),
                IsSafe = item.IsImageSafe,
                Model = Redactor.RedactOptional(response.Model, call.Secrets) ?? call.Model,
                Created = UnixTime.From(response.Created),
                Background = Redactor.RedactOptional(response.Background, call.Secrets),
                OutputFormat = Redactor.RedactOptional(response.OutputFormat, call.Secrets),
                Quality = Redactor.RedactOptional(response.Quality, call.Secrets),
                Usage = isFirst ? usage : null,
                Cost = isFirst ? cost : null,
                RequestId = call.RequestId,
                Elapsed = call.Elapsed,
                Connection = call.ConnectionName,
                Input = request.Input,
                Index = request.Index,
                Raw = isFirst ? raw : "",
            });
        }

        return images;
    }

    /// <summary>Reads bytes that an answer holds.</summary>
    /// <param name="base64">The bytes.</param>
    /// <param name="raw">The answer, for the error.</param>
    /// <returns>The bytes, which are those of a picture.</returns>
    /// <exception cref="WireFormatException">They are something else.</exception>
    public static byte[] Decode(string base64, string raw) => DataAddress.Decode(base64) is { } bytes && FileKind.Of(bytes) is { Family: "image" }
        ? bytes
        : throw new WireFormatException("What the answer gives as a picture is none.", WithoutData(raw));

    /// <summary>Reads tokens.</summary>
    /// <param name="usage">What the answer tells of them.</param>
    /// <returns>The tokens; null where it does not tell.</returns>
    public static ChatUsage? Usage(JsonElement? usage)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } told || (Number(Member(told, "input_tokens", "prompt_tokens")) ?? Number(Member(told, "total_tokens"))) is not { } input)
        {
            return null;
        }

        int output = Count(Number(Member(told, "output_tokens", "completion_tokens")));
        return new ChatUsage { InputTokens = Count(input), OutputTokens = output, TotalTokens = Number(Member(told, "total_tokens")) is > 0 and { } total ? Count(total) : TokenCount.Sum(Count(input), output) };
    }

    /// <summary>What pictures cost besides tokens.</summary>
    /// <param name="count">How many there are.</param>
    /// <returns>The units.</returns>
    public static IReadOnlyDictionary<string, decimal> Units(int count) => new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Image] = count };

    /// <summary>Leaves the bytes of pictures out of an answer.</summary>
    /// <param name="json">The answer.</param>
    /// <returns>The answer with a note in place of each.</returns>
    public static string WithoutData(string json)
    {
        if (json.Length <= LongestWord)
        {
            return json;
        }

        if (JsonMembers.TryParse(json) is not { } root)
        {
            return IsData(json) ? json.Substring(0, LongestWord) : json;
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Copy(root, writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Tells the size of a picture.</summary>
    /// <param name="bytes">Its bytes; null where they are not there.</param>
    /// <param name="said">The size as the service says it, such as <c>1024x768</c>.</param>
    /// <returns>The size; null where nothing tells.</returns>
    public static (int Width, int Height)? SizeOf(byte[]? bytes, string? said)
    {
        string[] numbers = said?.Split('x', '*') ?? [];
        return (bytes is null ? null : PictureSize.Of(bytes))
            ?? (numbers.Length == 2 && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) ? (width, height) : null);
    }

    private static bool HoldsPicture(ImageData item) => item is { B64Json.Length: > 0 } or { Url.Length: > 0 } or { IsImageSafe: false };

    private static byte[]? BytesOf(ImageData item, string raw) =>
        item.B64Json is { Length: > 0 } base64 ? Decode(base64, raw)
        : DataAddress.Is(item.Url) ? Decode(item.Url!, raw)
        : null;

    private static JsonElement? Member(JsonElement parent, params string[] names)
    {
        foreach (string name in names)
        {
            if (JsonText.Member(parent, name) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    private static long? Number(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long whole) => whole,
        { ValueKind: JsonValueKind.String } text when long.TryParse(JsonText.Read(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        _ => null,
    };

    private static int Count(long? number) => number is > 0 ? (int)Math.Min(number.Value, int.MaxValue) : 0;

    private static bool IsData(string text) => text.Length > LongestWord && !text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && text.IndexOfAny([' ', '\n']) < 0;

    private static void Copy(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (JsonText.Name(member) is { } name)
                    {
                        writer.WritePropertyName(name);
                        Copy(member.Value, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Copy(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when JsonText.Read(value) is { } text && IsData(text):
                writer.WriteStringValue(FormattableString.Invariant($"[{text.Length} characters]"));
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(JsonText.Read(value));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
