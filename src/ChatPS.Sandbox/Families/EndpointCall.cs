using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families;

/// <summary>One request as an endpoint sees it.</summary>
/// <param name="Exchange">The request.</param>
/// <param name="Options">What the sandbox was started with.</param>
/// <param name="Parameters">What stands for the names in the route's pattern.</param>
/// <param name="Text">The text that a rule wants as the answer.</param>
internal sealed record EndpointCall(Exchange Exchange, FamilyOptions Options, IReadOnlyDictionary<string, string> Parameters, string? Text)
{
    private Fields? _body;

    /// <summary>The JSON body.</summary>
    /// <exception cref="ApiException">The body is not a JSON object.</exception>
    public Fields Body
    {
        get => _body ??= ReadBody();
        init => _body = value;
    }

    /// <summary>The body where it is a form: fields and files.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public Form Form => Exchange.Form;

    /// <summary>The body where it is a form with a file, on routes that take one.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public FileForm Upload => FileForm.Read(Exchange.Http.Header("Content-Type"), Exchange.File);

    /// <summary>What stands for a name in the route's pattern.</summary>
    public string this[string parameter] => Parameters[parameter];

    public Query Query => new(Exchange.Http.Query);

    /// <summary>The request's number, from which ids are made.</summary>
    public long Number => Exchange.Record.Number;

    /// <summary>The time of the answer.</summary>
    public DateTimeOffset Created { get; } = Options.Clock();

    /// <summary>The model that the address names, in place of the body's.</summary>
    public string? Deployment { get; init; }

    /// <summary>Whether the answer tells what a content filter found.</summary>
    public bool TellsFilters { get; init; }

    public string Id(string prefix) => string.Format(CultureInfo.InvariantCulture, "{0}-sandbox-{1:D6}", prefix, Number);

    /// <summary>The model that was asked for, which exists unless its name says otherwise.</summary>
    public string Model()
    {
        if (Deployment is null && !Body.TryGet("model", out _))
        {
            throw new ApiException(ApiError.Invalid("you must provide a model parameter"));
        }

        string model = Deployment ?? Body.Text("model")!;
        return Exists(model) ? model : throw new ApiException(ModelLife.IsOverFor(model)
            ? ApiError.ModelNotFound(model) with { Message = $"The model `{model}` has been deprecated and is no longer offered." }
            : ApiError.ModelNotFound(model));
    }

    /// <summary>Whether there is such a model.</summary>
    public bool Exists(string model) => !ModelLife.IsOverFor(model) && (Options.RefusesOtherModels
        ? Options.Models.Contains(model, StringComparer.Ordinal)
        : !model.StartsWith("missing", StringComparison.OrdinalIgnoreCase) && !model.StartsWith("no-such", StringComparison.OrdinalIgnoreCase));

    /// <summary>The stop sequences.</summary>
    public IReadOnlyList<string> Stops()
    {
        if (!Body.TryGet("stop", out JsonElement stop))
        {
            return [];
        }

        if (stop.ValueKind == JsonValueKind.String)
        {
            return [stop.GetString()!];
        }

        if (stop.ValueKind != JsonValueKind.Array || stop.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String))
        {
            throw new ApiException(ApiError.WrongType("stop", "a string or an array of strings", stop));
        }

        return stop.GetArrayLength() is >= 1 and <= 4
            ? stop.EnumerateArray().Select(static item => item.GetString()!).ToList()
            : throw new ApiException(ApiError.Invalid("Invalid 'stop': expected an array with 1 to 4 items.", "stop", "invalid_array_length"));
    }

    /// <summary>Whether a stream ends with a usage event.</summary>
    public bool IncludesUsage(bool stream)
    {
        if (Body.Object("stream_options") is not { } options)
        {
            return false;
        }

        return stream
            ? new Fields(options, "stream_options.").Flag("include_usage")
            : throw new ApiException(ApiError.Invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options"));
    }

    /// <summary>Checks what chat and text completions share.</summary>
    public void CheckSampling()
    {
        Body.CheckNumber("temperature", 0, 2);
        Body.CheckNumber("top_p", 0, 1);
        Body.CheckNumber("frequency_penalty", -2, 2);
        Body.CheckNumber("presence_penalty", -2, 2);
        Body.CheckNumber("seed", long.MinValue, long.MaxValue);
        Body.Text("user");
        if (Body.Object("logit_bias") is { } bias)
        {
            Fields biases = new(bias, "logit_bias.");
            foreach (JsonProperty member in bias.EnumerateObject())
            {
                biases.CheckNumber(member.Name, -100, 100);
            }
        }
    }

    private Fields ReadBody()
    {
        string? type = Exchange.Http.Header("Content-Type");
        if (type is not null && !type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiException(ApiError.WrongContentType(type, "application/json"));
        }

        return Exchange.Body is { ValueKind: JsonValueKind.Object } body ? new Fields(body) : throw new ApiException(ApiError.BadJson);
    }
}
