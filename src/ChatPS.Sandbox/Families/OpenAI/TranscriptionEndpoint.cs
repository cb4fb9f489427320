using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Writes down what is said in a file, with the formats and limits that the kind of the model has.</summary>
internal static class TranscriptionEndpoint
{
    private const int LargestFile = 25 * 1024 * 1024;
    private const double LongestWithoutCuts = 30;
    private const int MostSpeakers = 4;
    private const string Segment = "transcript.text.segment";

    private static readonly string[] Extensions = ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm"];
    private static readonly string[] OldFormats = ["json", "text", "srt", "verbose_json", "vtt"];
    private static readonly string[] Formats = [.. OldFormats, "diarized_json"];

    public static Answer Transcribe(EndpointCall call) => Handle(call, isTranslation: false);

    public static Answer Translate(EndpointCall call) => Handle(call, isTranslation: true);

    private static Answer Handle(EndpointCall call, bool isTranslation)
    {
        Form form = call.Form;
        string model = call.Deployment ?? form.RequiredText("model");
        if (!call.Exists(model))
        {
            throw new ApiException(ApiError.ModelNotFound(model));
        }

        FormPart file = form.RequiredFile("file");
        Check(file);
        string format = form.Text("response_format") ?? "json";
        CheckFields(form, model, format, isTranslation);
        Transcript transcript = Transcript.Of(file.Content, file.FileName!);
        string[] speakers = Speakers(form, format, transcript);
        if (!isTranslation && form.Text("stream") == "true" && !IsOld(model))
        {
            return Answer.OfEvents(Events(form, format, transcript, speakers)) with { HasEndMark = false };
        }

        return format switch
        {
            "text" => Plain(transcript.Text + "\n"),
            "srt" => Plain(transcript.Subtitles(isVtt: false)),
            "vtt" => Plain(transcript.Subtitles(isVtt: true)),
            "verbose_json" => Answer.OfJson(Verbose(form, transcript, isTranslation)),
            "diarized_json" => Answer.OfJson(Shape.Of(
                ("task", "transcribe"), ("duration", Math.Round(transcript.Seconds, 3)), ("text", transcript.Text), ("segments", Diarized(transcript, speakers).ToList()), ("usage", Usage(transcript)))),
            _ => Answer.OfJson(Json(form, model, transcript, isTranslation)),
        };
    }

    private static Answer Plain(string text) => new() { ContentType = "text/plain; charset=utf-8", Text = text };

    // The kinds of models differ in what they can write.
    private static bool IsOld(string model) => Has(model, "whisper");

    private static bool Has(string model, string word) => model.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string[] FormatsOf(string model, bool isTranslation) =>
        isTranslation ? OldFormats
        : Has(model, "diarize") ? ["json", "text", "diarized_json"]
        : IsOld(model) ? OldFormats
        : Has(model, "transcribe") ? ["json"]
        : Formats;

    private static void Check(FormPart file)
    {
        string extension = Path.GetExtension(file.FileName!).TrimStart('.');
        if (!Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new ApiException(ApiError.Invalid($"Unrecognized file format. Supported formats: [{string.Join(", ", Extensions.Select(static item => $"'{item}'"))}]"));
        }

        if (file.Content.Length == 0)
        {
            throw new ApiException(ApiError.Invalid("Audio file is too short. Minimum audio length is 0.1 seconds.", "file", "audio_too_short"));
        }

        if (file.Content.Length > LargestFile)
        {
            throw new ApiException(new ApiError(413, $"{file.Content.Length}: Maximum content size limit ({LargestFile}) exceeded ({file.Content.Length} bytes read)", "server_error", null, null));
        }
    }

    private static void CheckFields(Form form, string model, string format, bool isTranslation)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            throw new ApiException(ApiError.WrongValue("response_format", format, Formats));
        }

        string[] formats = FormatsOf(model, isTranslation);
        if (!formats.Contains(format, StringComparer.Ordinal))
        {
            throw new ApiException(ApiError.Invalid($"response_format '{format}' is not compatible with model '{model}'. Use one of: {string.Join(", ", formats)}.", "response_format", "unsupported_value"));
        }

        if (form.Text("temperature") is { } heat && !(double.TryParse(heat, NumberStyles.Float, CultureInfo.InvariantCulture, out double temperature) && temperature is >= 0 and <= 1))
        {
            throw new ApiException(ApiError.Invalid($"Invalid 'temperature': expected a number between 0 and 1, but got '{heat}' instead.", "temperature", "invalid_value"));
        }

        string[] granularities = [.. Values(form, "timestamp_granularities")];
        if (granularities.FirstOrDefault(static value => value is not ("word" or "segment")) is { } unknown)
        {
            throw new ApiException(ApiError.WrongValue("timestamp_granularities[]", unknown, ["word", "segment"]));
        }

        if (granularities.Length > 0 && format != "verbose_json")
        {
            throw new ApiException(ApiError.Invalid("timestamp_granularities is only available with response_format 'verbose_json'.", "timestamp_granularities", "unsupported_value"));
        }

        if (Values(form, "include").FirstOrDefault() is { } included && (included != "logprobs" || format != "json" || IsOld(model) || Has(model, "diarize")))
        {
            throw new ApiException(ApiError.Invalid($"include[] '{included}' is not available for this model and format.", "include", "unsupported_value"));
        }

        if (Has(model, "diarize") && form.Text("prompt") is not null)
        {
            throw new ApiException(ApiError.Invalid("prompt is not supported for diarization models.", "prompt", "unsupported_value"));
        }
    }

    private static string[] Speakers(Form form, string format, Transcript transcript)
    {
        if (format == "diarized_json" && transcript.Seconds > LongestWithoutCuts && form.Text("chunking_strategy") is null)
        {
            throw new ApiException(ApiError.Invalid("chunking_strategy is required for diarization models.", "chunking_strategy", "missing_required_parameter"));
        }

        string[] names = [.. Values(form, "known_speaker_names")];
        string[] references = [.. Values(form, "known_speaker_references")];
        if (names.Length != references.Length || names.Length > MostSpeakers || !Array.TrueForAll(references, static reference => reference.StartsWith("data:audio/", StringComparison.Ordinal)))
        {
            throw new ApiException(ApiError.Invalid($"known_speaker_names and known_speaker_references must be of the same length, at most {MostSpeakers}, and the references data URLs of audio.", "known_speaker_names", "invalid_value"));
        }

        return [.. names.Concat(["A", "B"]).Take(2)];
    }

    private static IEnumerable<string> Values(Form form, string name) => form.Parts.Where(part => part.FileName is null && (part.Name == name + "[]" || part.Name == name)).Select(static part => part.Text());

    private static string Language(Form form, bool isTranslation) => isTranslation ? "english" : form.Text("language") ?? "english";

    private static Dictionary<string, object?> Json(Form form, string model, Transcript transcript, bool isTranslation)
    {
        Dictionary<string, object?> answer = Shape.Of(("text", transcript.Text));
        if (isTranslation)
        {
            return answer;
        }

        if (Values(form, "include").Any())
        {
            answer["logprobs"] = LogProbs(transcript);
        }

        answer["usage"] = IsOld(model) ? Charged(transcript) : Usage(transcript);
        return answer;
    }

    private static Dictionary<string, object?> Verbose(Form form, Transcript transcript, bool isTranslation)
    {
        Dictionary<string, object?> answer = Shape.Of(
            ("task", isTranslation ? "translate" : "transcribe"), ("language", Language(form, isTranslation)), ("duration", Math.Round(transcript.Seconds, 3)), ("text", transcript.Text));
        string[] granularities = [.. Values(form, "timestamp_granularities")];
        if (granularities.Contains("word", StringComparer.Ordinal))
        {
            answer["words"] = transcript.Words.Select(static word => Shape.Of(("word", word.Text), ("start", Time(word.Start)), ("end", Time(word.End)))).ToList();
        }

        if (granularities.Length == 0 || granularities.Contains("segment", StringComparer.Ordinal))
        {
            answer["segments"] = transcript.Segments.Select(static (segment, place) => Shape.Of(
                ("id", place), ("seek", 0), ("start", Time(segment.Start)), ("end", Time(segment.End)), ("text", " " + segment.Text), ("tokens", Enumerable.Range(1, Tokens.Count(segment.Text)).ToList()),
                ("temperature", 0), ("avg_logprob", -0.1), ("compression_ratio", 1.2), ("no_speech_prob", 0.01))).ToList();
        }

        if (!isTranslation)
        {
            answer["usage"] = Charged(transcript);
        }

        return answer;
    }

    private static IEnumerable<Dictionary<string, object?>> Diarized(Transcript transcript, string[] speakers) => transcript.Segments.Select((segment, place) => Shape.Of(
        ("type", Segment), ("id", "seg_" + place.ToString(CultureInfo.InvariantCulture)), ("speaker", speakers[place % speakers.Length]), ("start", Time(segment.Start)), ("end", Time(segment.End)), ("text", segment.Text)));

    private static IEnumerable<Action<Utf8JsonWriter>> Events(Form form, string format, Transcript transcript, string[] speakers)
    {
        bool hasLogProbs = Values(form, "include").Any();
        if (format == "diarized_json")
        {
            foreach (Dictionary<string, object?> segment in Diarized(transcript, speakers))
            {
                yield return json => PlainJson.Write(json, segment);
            }
        }
        else
        {
            foreach ((string token, _) in transcript.Pieces)
            {
                Dictionary<string, object?> delta = Shape.Of(("type", "transcript.text.delta"), ("delta", token));
                yield return json => PlainJson.Write(json, hasLogProbs ? delta.With(("logprobs", new[] { LogProb(token) })) : delta);
            }
        }

        Dictionary<string, object?> done = Shape.Of(("type", "transcript.text.done"), ("text", transcript.Text), ("usage", Usage(transcript)));
        yield return json => PlainJson.Write(json, hasLogProbs ? done.With(("logprobs", LogProbs(transcript))) : done);
    }

    private static List<Dictionary<string, object?>> LogProbs(Transcript transcript) => [.. transcript.Pieces.Select(static piece => LogProb(piece.Token))];

    private static Dictionary<string, object?> LogProb(string token) => Shape.Of(("token", token), ("logprob", -0.1), ("bytes", System.Text.Encoding.UTF8.GetBytes(token).Select(static value => (int)value).ToList()));

    private static Dictionary<string, object?> Charged(Transcript transcript) => Shape.Of(("type", "duration"), ("seconds", Math.Ceiling(transcript.Seconds)));

    private static Dictionary<string, object?> Usage(Transcript transcript)
    {
        int input = (int)Math.Ceiling(transcript.Seconds * 10);
        int output = transcript.Pieces.Count;
        return Shape.Of(
            ("type", "tokens"), ("input_tokens", input), ("input_token_details", Shape.Of(("text_tokens", 0), ("audio_tokens", input))), ("output_tokens", output), ("total_tokens", input + output));
    }

    private static double Time(double seconds) => Math.Round(seconds, 3);
}
