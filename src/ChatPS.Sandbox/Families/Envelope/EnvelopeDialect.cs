using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Envelope;

/// <summary>A reseller that takes the key in the body and options under <c>params</c>, and wraps its answers: HTTP says 200 whatever went wrong.</summary>
internal sealed class EnvelopeDialect(SandboxOptions options) : Dialect
{
    private const string Path = "/createChatCompletion";
    private const int DailyLimit = 1000;

    private readonly StoredCompletions _stored = new();
    private int _used;

    public override bool Speaks(HttpRequest http) => http.Path.EndsWith(Path, StringComparison.Ordinal);

    public override string? ReadKey(HttpRequest http, JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;

    public override bool IsCompletion(string path) => path.EndsWith(Path, StringComparison.Ordinal);

    public override Answer Handle(Exchange exchange, string? text)
    {
        if (Allows(exchange, "POST") is { } refusal)
        {
            return refusal;
        }

        EndpointCall call = EndpointCall.Of(exchange, text, options);
        Answer answer = ChatEndpoint.Handle(call with { Body = Unwrap(exchange.Body!.Value) }, _stored);
        int used = Interlocked.Increment(ref _used);
        string date = call.Created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteNumber("code", 200);
                json.WriteString("message", "ok");
                json.WriteStartObject("data");
                json.WritePropertyName("completion");
                answer.Json!(json);
                json.WriteStartObject("info");
                json.WriteString("token", exchange.Key);
                json.WriteNumber("numOfOneDayCanCallApi", DailyLimit);
                json.WriteNumber("numOfOneDayAlreadyCallApi", used);
                json.WriteString("apiDate", date);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            },
        };
    }

    public override Answer Fail(ApiError error) => base.Fail(error) with { StatusCode = 200 };

    public override void WriteError(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject();
        json.WriteNumber("code", error.StatusCode);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    // What is under params stands beside the messages elsewhere.
    private static Fields Unwrap(JsonElement body)
    {
        using MemoryStream merged = new();
        using (Utf8JsonWriter json = new(merged))
        {
            json.WriteStartObject();
            foreach (JsonProperty member in body.EnumerateObject().Where(static member => member.Name is "model" or "messages"))
            {
                member.WriteTo(json);
            }

            if (new Fields(body).Object("params") is { } parameters)
            {
                foreach (JsonProperty member in parameters.EnumerateObject().Where(static member => member.Name is not ("model" or "messages" or "stream")))
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(merged.ToArray());
        return new Fields(document.RootElement.Clone());
    }
}
