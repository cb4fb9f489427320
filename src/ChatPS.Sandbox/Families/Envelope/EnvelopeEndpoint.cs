using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Envelope;

/// <summary>Answers as the chat does, in an envelope that tells how often the key was used.</summary>
internal sealed class EnvelopeEndpoint
{
    private const int DailyLimit = 1000;

    private readonly StoredCompletions _stored = new();
    private int _used;

    public Answer Handle(EndpointCall call)
    {
        Answer answer = ChatEndpoint.Handle(call with { Body = Unwrap(call.Body.Root) }, _stored);
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
                json.WriteString("token", call.Exchange.Key);
                json.WriteNumber("numOfOneDayCanCallApi", DailyLimit);
                json.WriteNumber("numOfOneDayAlreadyCallApi", used);
                json.WriteString("apiDate", date);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            },
        };
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
