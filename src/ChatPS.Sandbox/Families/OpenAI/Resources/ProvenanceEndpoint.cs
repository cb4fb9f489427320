using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Finds signs of a model in files that say "c2pa" or "synthid" somewhere.</summary>
internal static class ProvenanceEndpoint
{
    public static Answer Check(EndpointCall call)
    {
        FormPart file = call.Form.RequiredFile("file");
        string text = Encoding.ASCII.GetString(file.Content);
        string Outcome(string sign) => text.IndexOf(sign, StringComparison.OrdinalIgnoreCase) >= 0 ? "detected" : "not_detected";
        return Answer.OfJson(Shape.Of(("object", "content_provenance_check"), ("created_at", call.Created.ToUnixTimeSeconds()), ("results", new[]
        {
            Shape.Of(("type", "c2pa"), ("outcome", Outcome("c2pa")), ("validation_state", Outcome("c2pa") == "detected" ? "valid" : "not_present"), ("issuer", null), ("model", null), ("generated_at", null)),
            Shape.Of(("type", "synthid"), ("outcome", Outcome("synthid")), ("model", null), ("generated_at", null)),
        })));
    }
}
