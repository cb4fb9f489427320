using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Api.Envelope;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using Refit;

namespace ChatPS.Client.Dialects.Envelope;

/// <summary>
/// A reseller's chat: the key travels in the body, all but the messages under <c>params</c>, and the answer lies in an envelope
/// whose <c>code</c> tells success from failure. Each answer tells the day's quota.
/// </summary>
internal sealed class EnvelopeDialect : WholeChatDialect<IEnvelopeApi, EnvelopeRequest, EnvelopeResponse>, IQuotaSource
{
    private const int Success = 200;

    public override string Name => "Envelope";

    internal override string? KeyHeader => null;

    internal override IReadOnlyList<string> Endpoints => ["/createChatCompletion"];

    // What concerns streams alone has no place where there are none.
    public override IReadOnlyCollection<string> Supported => [.. OpenAIDialect.InChat.Where(property => property != nameof(ChatRequest.IncludeObfuscation))];

    internal override string CompletePath(string path) => path;

    public Task<ChatQuota> GetQuotaAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        Task.FromResult(connection.LastQuota ?? throw Failures.Invalid(
            $"{connection.Settings.ServiceName} tells its quota with each answer only, and connection '{connection.Settings.Name}' has had none yet.", "Ask something with Invoke-ChatCompletion first."));

    protected override JsonSerializerContext Answers => EnvelopeJsonContext.Default;

    protected override string SampleAnswer => $$$"""{"code":200,"data":{"completion":{{{OpenAIDialect.Sample}}}}}""";

    protected override EnvelopeRequest ToWire(ChatRequest request, string model, bool stream)
    {
        ChatCompletionRequest options = ChatMapper.ToWire(request, model, stream);
        EnvelopeRequest body = new() { Model = model, Messages = options.Messages, Params = options };
        options.Model = null;
        options.Messages = null;
        return body;
    }

    protected override ChatCompletion FromWire(EnvelopeResponse response, ChatRequest request, IAnswerOrigin origin)
    {
        if (response.Code is not (null or Success))
        {
            throw new WireFormatException(new ApiError(response.Message is { Length: > 0 } message ? message : "it gave no reason.", code: response.Code.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), response.Raw);
        }

        if (response.Data?.Completion is not { } completion)
        {
            throw new WireFormatException("The envelope is empty.", response.Raw);
        }

        completion.Raw = response.Data.Info?.Token is { Length: > 0 } token ? response.Raw.Replace(token, "****", StringComparison.Ordinal) : response.Raw;
        if (response.Data.Info is { } info)
        {
            origin.Note(ToQuota(info, origin));
        }

        return ChatMapper.FromWire(completion, request, origin);
    }

    // What is kept and compared holds no key; what is sent does.
    protected override Task<IApiResponse<EnvelopeResponse>> SendAsync(
        IEnvelopeApi api, EnvelopeRequest body, CallContext call, CancellationToken cancellationToken)
    {
        body.Token = call.Connection.Key?.Reveal();
        return api.CreateAsync(body, call, cancellationToken);
    }

    private static ChatQuota? ToQuota(EnvelopeInfo info, IAnswerOrigin origin) => info.DailyLimit is not { } limit ? null : new ChatQuota
    {
        Connection = origin.ConnectionName,
        Unit = "requests",
        Period = "day",
        Limit = limit,
        Used = info.DailyUse ?? 0,
        Date = info.Date,
        At = origin.At,
    };
}
