using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Voices of users' own, and the recordings in which their owners agree.</summary>
internal sealed class VoiceEndpoint
{
    private readonly KeptEndpoint _consents = new(new KeptStore("cons_sandbox_"), "consent", "audio.voice_consent");
    private readonly KeptStore _voices = new("voice_sandbox_");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Get("/audio/voice_consents", call => _consents.List(call.Query)),
        Route.Post("/audio/voice_consents", CreateConsent),
        Route.Get("/audio/voice_consents/{id}", call => _consents.Show(call["id"])),
        Route.Post("/audio/voice_consents/{id}", call => _consents.Change(_consents.Find(call["id"]), ("name", call.Body.RequiredText("name")))),
        Route.Delete("/audio/voice_consents/{id}", DeleteConsent),
        Route.Post("/audio/voices", CreateVoice),
    ];

    private Answer CreateConsent(EndpointCall call)
    {
        call.Form.RequiredFile("recording");
        string id = _consents.Store.NextId();
        return Answer.OfJson(_consents.Store.Keep(new KeptThing(id, "", Shape.Of(
            ("id", id), ("object", "audio.voice_consent"), ("name", call.Form.RequiredText("name")), ("language", call.Form.RequiredText("language")), ("created_at", call.Created.ToUnixTimeSeconds())))).Shape);
    }

    private Answer DeleteConsent(EndpointCall call)
    {
        _consents.Store.Remove(_consents.Find(call["id"]).Id);
        return Answer.OfJson(Shape.Of(("id", call["id"]), ("object", "audio.voice_consent"), ("deleted", true)));
    }

    private Answer CreateVoice(EndpointCall call)
    {
        call.Form.RequiredFile("audio_sample");
        _consents.Find(call.Form.RequiredText("consent"));
        string id = _voices.NextId();
        return Answer.OfJson(_voices.Keep(new KeptThing(id, "", Shape.Of(
            ("id", id), ("object", "audio.voice"), ("name", call.Form.RequiredText("name")), ("created_at", call.Created.ToUnixTimeSeconds())))).Shape);
    }
}
