using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>Stability's pictures: a form, also without files; the picture itself, or JSON where that is asked for; its own form of errors.</summary>
internal static class StabilityEndpoint
{
    private const int Side = 1024;

    private static readonly string[] Kinds = ["sd3", "core", "ultra"];

    public static Answer Handle(EndpointCall call)
    {
        Form form;
        try
        {
            form = call.Form;
        }
        catch (ApiException refused)
        {
            return Fail(call, 400, "bad_request", $"content-type: must be multipart/form-data ({refused.Error.Message})");
        }

        if (!Kinds.Contains(call["kind"], StringComparer.Ordinal))
        {
            return Fail(call, 404, "not_found", "No such endpoint.");
        }

        if (form.Text("prompt") is not { Length: > 0 } prompt)
        {
            return Fail(call, 400, "bad_request", "prompt: cannot be blank");
        }

        if (form.Text("mode") == "image-to-image" && (form.Text("strength") is null || !form.Files("image").Any()))
        {
            return Fail(call, 400, "bad_request", "strength: is required with image");
        }

        if (prompt.IndexOf("forbidden", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return Fail(call, 403, "content_moderation", "Your request was flagged by our content moderation system, as a result your request was denied and you were not charged.");
        }

        string format = form.Text("output_format") ?? "png";
        byte[] picture = Picture.Of(prompt, format, Side, Side);
        string reason = prompt.IndexOf("blurred", StringComparison.OrdinalIgnoreCase) >= 0 ? "CONTENT_FILTERED" : "SUCCESS";
        string seed = form.Text("seed") ?? "4242";
        return call.Exchange.Http.Header("Accept")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true
            ? Answer.OfJson(Shape.Of(("image", Convert.ToBase64String(picture)), ("finish_reason", reason), ("seed", long.Parse(seed, System.Globalization.CultureInfo.InvariantCulture))))
            : new Answer { ContentType = "image/" + format, Bytes = picture, Headers = [("finish-reason", reason), ("seed", seed)] };
    }

    private static Answer Fail(EndpointCall call, int status, string name, string error) => Answer.OfJson(Shape.Of(("id", call.Id("err")), ("name", name), ("errors", new[] { error }))) with { StatusCode = status };
}
