using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>
/// Pictures in OpenAI's form. A model whose name begins with dall-e or sandbox-picture makes one picture a request and gives its
/// address; any other gives bytes, and previews where they are asked for.
/// </summary>
internal static class ImageEndpoint
{
    private const int MostImages = 16;
    private const int LargestImage = 50 * 1024 * 1024;
    private const int LargestMask = 4 * 1024 * 1024;

    private static readonly string[] Numbers = ["n", "output_compression", "partial_images", "frame_count", "frame_duration_ms", "seed"];

    public static Answer Generate(EndpointCall call) => Answer(call, call.Body, "image_generation", inputs: 0);

    public static Answer Edit(EndpointCall call)
    {
        Form form = call.Form;
        Fields body = Fields(form);
        FormPart[] images = [.. form.Files("image")];
        if (images.Length == 0)
        {
            throw new ApiException(ApiError.Missing("image"));
        }

        if (images.Length > MostImages)
        {
            throw new ApiException(ApiError.Invalid(string.Format(CultureInfo.InvariantCulture, "Invalid 'image': array too long. Expected an array with maximum length {0}, but got an array with length {1} instead.", MostImages, images.Length), "image", "array_above_max_length"));
        }

        foreach (FormPart image in images)
        {
            CheckFile(image, "image", LargestImage, [.. IsPng(image) ? ["png"] : (string[])[], "jpg", "webp"]);
        }

        if (form.Files("mask").FirstOrDefault() is { } mask)
        {
            CheckFile(mask, "mask", LargestMask, ["png"]);
            if (IsPng(images[0]) && !Size(images[0]).SequenceEqual(Size(mask)))
            {
                throw new ApiException(ApiError.Invalid("Invalid mask image format - mask size does not match image size.", "mask", "invalid_mask_size"));
            }
        }

        // The form names its model itself, unless the address does.
        return Answer(call with { Body = body }, body, "image_edit", images.Length);
    }

    private static Answer Answer(EndpointCall call, Fields body, string events, int inputs)
    {
        string prompt = body.RequiredText("prompt");
        string model = call.Model();
        PictureOrder order = IsOldForm(model) ? PictureOrder.Old(body) : PictureOrder.Read(body, inputs);
        if (prompt.IndexOf("forbidden", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            throw new ApiException(order.IsOld
                ? new ApiError(400, "Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.", "invalid_request_error", null, "content_policy_violation")
                : new ApiError(400, "Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID.", "image_generation_user_error", null, "moderation_blocked"));
        }

        int input = Tokens.Count(prompt) + (inputs * Tokens.PerImage);
        return order.Stream
            ? new Answer { Events = [.. Enumerable.Range(0, order.N).SelectMany(index => Stream(order, prompt, index, input, call.Created, events))], HasEndMark = false }
            : ChatPS.Sandbox.Answers.Answer.OfJson(Whole(call, order, prompt, input));
    }

    private static Dictionary<string, object?> Whole(EndpointCall call, PictureOrder order, string prompt, int input)
    {
        Dictionary<string, object?>[] data = [.. Enumerable.Range(0, order.N).Select(index => Item(call, order, prompt, index))];
        Dictionary<string, object?> whole = Shape.Of(("created", call.Created.ToUnixTimeSeconds()), ("data", data));
        return order.IsOld
            ? whole
            : whole.With(
                ("background", order.Background),
                ("output_format", order.Format),
                ("quality", order.Quality),
                ("size", order.SizeText),
                ("usage", Usage(order, input).With(("output_tokens", order.N * order.Tokens), ("total_tokens", input + (order.N * order.Tokens)))));
    }

    private static Dictionary<string, object?> Item(EndpointCall call, PictureOrder order, string prompt, int index)
    {
        string shown = Numbered(prompt, index);
        return !order.IsOld ? Shape.Of(("b64_json", Base64(order, shown)))
            : order.WantsBytes ? Shape.Of(("b64_json", Base64(order, shown)), ("revised_prompt", "A picture of " + prompt))
            : Shape.Of(("url", PictureFiles.Address(call, shown, order.Width, order.Height)), ("revised_prompt", "A picture of " + prompt));
    }

    private static IEnumerable<StreamEvent> Stream(PictureOrder order, string prompt, int index, int input, DateTimeOffset created, string events)
    {
        for (int preview = 0; preview < order.Previews; preview++)
        {
            string type = events + ".partial_image";
            Dictionary<string, object?> data = Event(order, type, Numbered(prompt, index) + " preview " + preview.ToString(CultureInfo.InvariantCulture), created).With(("partial_image_index", preview));
            yield return new StreamEvent(json => PlainJson.Write(json, data), type);
        }

        string last = events + ".completed";
        Dictionary<string, object?> done = Event(order, last, Numbered(prompt, index), created).With(("usage", Usage(order, input)));
        yield return new StreamEvent(json => PlainJson.Write(json, done), last);
    }

    private static Dictionary<string, object?> Event(PictureOrder order, string type, string shown, DateTimeOffset created) => Shape.Of(
        ("type", type), ("b64_json", Base64(order, shown)), ("created_at", created.ToUnixTimeSeconds()), ("size", order.SizeText), ("quality", order.Quality), ("background", order.Background), ("output_format", order.Format));

    private static Dictionary<string, object?> Usage(PictureOrder order, int input) => Shape.Of(
        ("input_tokens", input), ("input_tokens_details", Shape.Of(("text_tokens", input), ("image_tokens", 0))), ("output_tokens", order.Tokens), ("total_tokens", input + order.Tokens));

    private static string Base64(PictureOrder order, string shown) => Convert.ToBase64String(Picture.Of(shown, order.Format, order.Width, order.Height));

    private static string Numbered(string prompt, int index) => index == 0 ? prompt : string.Format(CultureInfo.InvariantCulture, "{0} ({1})", prompt, index + 1);

    private static bool IsOldForm(string model) => model.StartsWith("dall-e", StringComparison.Ordinal) || model.StartsWith("sandbox-picture", StringComparison.Ordinal);

    // A form has text only; what is a number or a flag in JSON is read as one.
    private static Fields Fields(Form form) => new(Shape.ToElement(form.Parts.Where(static part => part.FileName is null).GroupBy(static part => part.Name, StringComparer.Ordinal)
        .ToDictionary(static field => field.Key, static field => Value(field.Key, field.First().Text()), StringComparer.Ordinal)));

    private static object? Value(string name, string text) =>
        Numbers.Contains(name, StringComparer.Ordinal) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : text switch
        {
            "true" => true,
            "false" => false,
            _ => text,
        };

    private static void CheckFile(FormPart file, string name, int largest, string[] kinds)
    {
        bool isKnown = IsPng(file) || (kinds.Contains("jpg", StringComparer.Ordinal) && file.Content is [0xFF, 0xD8, 0xFF, ..] or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..]);
        if (!isKnown)
        {
            throw new ApiException(ApiError.Invalid($"Invalid file '{name}': unsupported mimetype ('{file.ContentType ?? "application/octet-stream"}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.", name, "unsupported_file_mimetype"));
        }

        if (file.Content.Length >= largest)
        {
            throw new ApiException(new ApiError(413, $"Invalid file '{name}': the file is too large.", "invalid_request_error", name, "file_too_large"));
        }
    }

    private static bool IsPng(FormPart file) => file.Content is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    private static IEnumerable<byte> Size(FormPart png) => png.Content.Skip(16).Take(8);
}
