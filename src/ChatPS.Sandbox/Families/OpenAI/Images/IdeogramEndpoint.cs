using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>Ideogram's pictures: addresses, a date in words, and a mark of those that it keeps back, which have no address.</summary>
internal static class IdeogramEndpoint
{
    private const int MostPictures = 8;

    /// <summary>Makes pictures in the older form, whose settings stand in one member.</summary>
    public static Answer Generate(EndpointCall call)
    {
        call.Body.Required("image_request");
        return Make(call, new Fields(call.Body.Object("image_request")!.Value, "image_request."), "ASPECT_");
    }

    /// <summary>Makes pictures of a picture in the older form.</summary>
    public static Answer Change(EndpointCall call)
    {
        Form form = call.Form;
        form.RequiredFile("image_file");
        switch (call["action"])
        {
            case "remix":
                using (JsonDocument settings = Parse(form.RequiredText("image_request")))
                {
                    return Make(call, new Fields(settings.RootElement.Clone(), "image_request."), "ASPECT_");
                }

            case "edit":
                form.RequiredFile("mask");
                return Make(call, OfForm(form), "ASPECT_");
            default:
                throw new ApiException(call.Exchange.Dialect.UnknownPath(call.Exchange.Http));
        }
    }

    /// <summary>Makes pictures in the form of version 3: JSON or a form, which it has to be with files.</summary>
    public static Answer Third(EndpointCall call)
    {
        bool isForm = call.Exchange.Http.Header("Content-Type")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
        switch (call["action"])
        {
            case "generate":
                return Make(call, isForm ? OfForm(call.Form) : call.Body, prefix: null);
            case "remix":
                call.Form.RequiredFile("image");
                return Make(call, OfForm(call.Form), prefix: null);
            case "edit":
                call.Form.RequiredFile("image");
                call.Form.RequiredFile("mask");
                return Make(call, OfForm(call.Form), prefix: null);
            default:
                throw new ApiException(call.Exchange.Dialect.UnknownPath(call.Exchange.Http));
        }
    }

    private static Answer Make(EndpointCall call, Fields body, string? prefix)
    {
        string prompt = body.RequiredText("prompt");
        string? ratio = body.Text("aspect_ratio");
        bool isRatio = ratio is null || (prefix is null ? ratio.Contains('x') : ratio.StartsWith(prefix, StringComparison.Ordinal));
        if (!isRatio)
        {
            throw new ApiException(ApiError.WrongValue(body.Name("aspect_ratio"), ratio!, prefix is null ? ["1x1", "16x9", "9x16"] : ["ASPECT_1_1", "ASPECT_16_9", "ASPECT_9_16"]));
        }

        body.Choice("rendering_speed", "TURBO", "DEFAULT", "QUALITY", "FLASH");
        int count = body.TryGet("num_images", out JsonElement given) && given.ValueKind == JsonValueKind.String ? int.Parse(given.GetString()!, CultureInfo.InvariantCulture) : body.Integer("num_images", 1, MostPictures) ?? 1;
        Dictionary<string, object?>[] data = [.. Enumerable.Range(0, count).Select(index => Item(call, prompt, body.Text("style_type"), index))];
        return Answer.OfJson(Shape.Of(("created", call.Created.ToString("o", CultureInfo.InvariantCulture)), ("data", data)));
    }

    // Of a prompt with "unsafe" in it the second picture, and each that follows, is kept back.
    private static Dictionary<string, object?> Item(EndpointCall call, string prompt, string? style, int index)
    {
        bool isSafe = index == 0 || prompt.IndexOf("unsafe", StringComparison.OrdinalIgnoreCase) < 0;
        string shown = index == 0 ? prompt : string.Format(CultureInfo.InvariantCulture, "{0} ({1})", prompt, index + 1);
        Dictionary<string, object?> item = Shape.Of(("prompt", prompt), ("resolution", "1024x1024"), ("seed", 12345 + index), ("style_type", style ?? "GENERAL"), ("is_image_safe", isSafe));
        return isSafe ? item.With(("url", PictureFiles.Address(call, shown, 1024, 1024))) : item;
    }

    private static Fields OfForm(Form form) => new(Shape.ToElement(form.Parts.Where(static part => part.FileName is null).GroupBy(static part => part.Name, StringComparer.Ordinal)
        .ToDictionary(static field => field.Key, static field => (object?)field.First().Text(), StringComparer.Ordinal)));

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            throw new ApiException(ApiError.BadJson);
        }
    }
}
