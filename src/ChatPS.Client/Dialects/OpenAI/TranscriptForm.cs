using System.Globalization;
using System.Net.Http.Headers;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using ChatPS.Client.Speech;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>The form in which sound is sent to be written down.</summary>
internal static class TranscriptForm
{
    /// <summary>Makes the form.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="call">The call.</param>
    /// <returns>The body, which can be sent again; the file is read while it goes.</returns>
    public static HttpContent Create(TranscriptRequest request, CallContext call)
    {
        HttpContent sound = request.Sound.ToContent(call);
        sound.Headers.ContentType = new MediaTypeHeaderValue(request.Sound.Kind.MediaType);
        return Upload.Form(Fields(request, call.Model!, call.Settings), ("file", request.Sound.FileName, sound));
    }

    /// <summary>Writes the fields beside the file.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the call does otherwise: its members come in place of fields of the same name.</param>
    /// <returns>The fields.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(TranscriptRequest request, string model, CallSettings settings)
    {
        List<KeyValuePair<string, string>> fields = [];
        IReadOnlyDictionary<string, object?> additional = settings.AdditionalBody ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        Add("model", model);
        if (request.Languages.Count == 1)
        {
            Add("language", request.Languages[0]);
        }
        else
        {
            AddAll("languages", request.Languages);
        }

        AddAll("keywords", request.Keywords);
        Add("prompt", request.Prompt);
        Add("response_format", request.Format);
        Add("temperature", request.Temperature?.ToString(CultureInfo.InvariantCulture));
        AddAll("timestamp_granularities", request.Granularities);
        AddAll("include", request.Include);
        Add("chunking_strategy", Written(request.ChunkingStrategy));
        AddAll("known_speaker_names", request.KnownSpeakers.Select(speaker => speaker.Name));
        AddAll("known_speaker_references", request.KnownSpeakers.Select(speaker => speaker.Sound.ToDataAddress()));
        Add("stream", request.IsStream ? "true" : null);
        foreach (KeyValuePair<string, object?> member in additional)
        {
            if (member.Value is IEnumerable<object?> items)
            {
                fields.AddRange(items.Select(item => new KeyValuePair<string, string>(member.Key + "[]", Written(item) ?? "")));
            }
            else if (Written(member.Value) is { } value)
            {
                fields.Add(new(member.Key, value));
            }
        }

        return fields;

        void Add(string name, string? value)
        {
            if (value is not null && !additional.ContainsKey(name))
            {
                fields.Add(new(name, value));
            }
        }

        void AddAll(string name, IEnumerable<string> values)
        {
            if (!additional.ContainsKey(name))
            {
                fields.AddRange(values.Select(value => new KeyValuePair<string, string>(name + "[]", value)));
            }
        }
    }

    private static string? Written(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => PlainJson.Write(value, "-AdditionalBody"),
    };
}
